package io.onex.app.demo;

import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Writes down what one run of a pretend node emits, as the three generations of ONEX nodes spell
/// it (onex-facts a1 to a4).
final class EventScript {
  private static final DateTimeFormatter NAIVE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  /// Keys that the typed metadata of generation 2 always has, null when unset.
  private static final List<String> GENERATION_2_KEYS =
      List.of("error", "error_type", "error_code", "recoverable", "reason", "registry_id", "ttl");

  private final RandomGenerator random;
  private final List<DemoEvent> events = new ArrayList<>();

  EventScript(RandomGenerator random) {
    this.random = random;
  }

  List<DemoEvent> events() {
    return List.copyOf(events);
  }

  String newId() {
    // A random UUID of version 4 out of the seeded generator.
    long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /// Generation 1: six flat fields, naive UTC time.
  void generation1(
      long at, String type, String node, String correlation, Consumer<JsonWriter> metadata) {
    event(
        at,
        json -> {
          head(json, at, type, node, false);
          correlation(json, correlation);
          metadata.accept(json.key("metadata").beginObject());
          json.endObject();
        });
  }

  /// Generation 2: a schema version and metadata with keys that are always there.
  void generation2(
      long at, String type, String node, String correlation, Consumer<JsonWriter> metadata) {
    event(
        at,
        json -> {
          head(json, at, type, node, true);
          correlation(json, correlation);
          version(json.key("schema_version"), 1, 0);
          metadata.accept(json.key("metadata").beginObject());
          GENERATION_2_KEYS.forEach(key -> json.key(key).nullValue());
          json.endObject();
        });
  }

  /// Generation 3: lower-case type inside an envelope.
  void generation3(
      long at, String type, String node, String correlation, Consumer<JsonWriter> payload) {
    event(
        at,
        json -> {
          json.key("payload").beginObject().key("node_id").text(node);
          payload.accept(json);
          correlation(json, correlation);
          json.key("timestamp").text(zoned(at)).endObject();
          json.key("envelope_id").text(newId());
          json.key("envelope_timestamp").text(zoned(at));
          correlation(json, correlation);
          json.key("source_tool").nullValue();
          json.key("metadata").beginObject();
          json.key("headers").beginObject().endObject();
          json.key("tags").beginObject().endObject();
          json.endObject();
          json.key("event_type").text(type).key("priority").number(5L);
          version(json.key("envelope_version"), 2, 1);
        });
  }

  private void event(long at, Consumer<JsonWriter> members) {
    JsonWriter json = new JsonWriter(512);
    members.accept(json.beginObject());
    events.add(new DemoEvent(at, Slice.of(json.endObject().toByteArray())));
  }

  private void head(JsonWriter json, long at, String type, String node, boolean zone) {
    json.key("event_id").text(newId());
    json.key("timestamp").text(zone ? zoned(at) : NAIVE.format(instant(at)));
    json.key("node_id").text(node).key("event_type").text(type);
  }

  private static void correlation(JsonWriter json, String correlation) {
    json.key("correlation_id");
    if (correlation.isEmpty()) {
      json.nullValue();
    } else {
      json.text(correlation);
    }
  }

  private static void version(JsonWriter json, long major, long minor) {
    json.beginObject().key("major").number(major).key("minor").number(minor);
    json.key("patch").number(0L).key("prerelease").nullValue().key("build").nullValue();
    json.endObject();
  }

  private static String zoned(long at) {
    return NAIVE.format(instant(at)) + "Z";
  }

  private static Instant instant(long micros) {
    long seconds = Math.floorDiv(micros, 1_000_000L);
    return Instant.ofEpochSecond(
        seconds, TimeUnit.MICROSECONDS.toNanos(micros - seconds * 1_000_000L));
  }
}
