package io.onex.routing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import dev.cel.runtime.CelVariableResolver;
import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables of an expression, made only when it names them. One thread.
final class RecordFacts implements CelVariableResolver {
  private static final ObjectReader OBJECT =
      JsonMapper.builder().build().readerFor(new TypeReference<Map<String, Object>>() {});

  private final Record record;
  private @Nullable Object metadata;
  private @Nullable Object body;

  RecordFacts(Record record) {
    this.record = record;
  }

  @Override
  public Optional<Object> find(String name) {
    return switch (name) {
      case "event_id" -> Optional.of(record.eventId().utf8());
      case "event_type" -> Optional.of(record.type().name());
      case "node_id" -> Optional.of(text(record.nodeId(), RecordFlags.NODE_ID_ESCAPED));
      case "correlation_id" ->
          Optional.of(text(record.correlationId(), RecordFlags.CORRELATION_ID_ESCAPED));
      case "kind" -> Optional.of(record.kind().name().toLowerCase(Locale.ROOT));
      case "event_time" -> Optional.of(instant(record.eventTimeMicros()));
      case "ingest_time" -> Optional.of(instant(record.ingestTimeMicros()));
      case "size" -> Optional.of((long) record.body().length());
      case "metadata" -> Optional.of(metadata());
      case "body" -> Optional.of(body());
      default -> Optional.empty();
    };
  }

  private Object metadata() {
    Object parsed = metadata;
    if (parsed == null) {
      parsed = parse(record.metadata());
      metadata = parsed;
    }
    return parsed;
  }

  private Object body() {
    Object parsed = body;
    if (parsed == null) {
      parsed = parse(record.body());
      body = parsed;
    }
    return parsed;
  }

  private String text(Slice slice, int escapedFlag) {
    return record.has(escapedFlag) ? JsonText.unescape(slice) : slice.utf8();
  }

  private static Timestamp instant(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, 1_000_000L))
        .setNanos((int) Math.floorMod(micros, 1_000_000L) * 1000)
        .build();
  }

  private static Object parse(Slice json) {
    if (json.isEmpty()) {
      return Map.of();
    }
    try {
      return known(OBJECT.readValue(json.array(), json.offset(), json.length()));
    } catch (IOException e) {
      throw new IllegalArgumentException("the record holds no JSON object", e);
    }
  }

  /// The value in the types CEL knows: its own null, and no integers beyond 64 bits.
  private static Object known(@Nullable Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Map<?, ?> map -> {
        Map<String, Object> known = new LinkedHashMap<>();
        map.forEach((key, inner) -> known.put(String.valueOf(key), known(inner)));
        yield known;
      }
      case List<?> list -> {
        List<Object> known = new ArrayList<>(list.size());
        list.forEach(inner -> known.add(known(inner)));
        yield known;
      }
      case Integer small -> small.longValue();
      case BigInteger large -> large.doubleValue();
      default -> value;
    };
  }
}
