package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.config.ConfigLoader;
import io.onex.config.GatewayConfig;
import io.onex.config.Loaded;
import io.onex.config.TestKinds;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import java.nio.file.Path;
import java.util.Optional;

/// Records and rules for tests.
final class Sample {
  static final String DESTINATIONS =
      """
      integrations:
        prometheus: {}
        elk: {logstash_url: "http://l:8080"}
        zipkin: {url: "http://z"}
      """;

  private Sample() {}

  static Loaded load(String yaml) {
    return new ConfigLoader(TestKinds.catalog(), name -> Optional.empty())
        .read("onex.yaml", yaml, Path.of(""));
  }

  /// Rules over prometheus (bit 0), elk (bit 1) and zipkin (bit 2).
  static Rules rules(String routing) {
    try {
      GatewayConfig config = load(DESTINATIONS + routing).orThrow();
      return Rules.of(config.routing(), config.destinations());
    } catch (io.onex.config.ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Record event(String type, String node, String metadata) {
    return event(0, RecordKind.EVENT, type, node, metadata, 0);
  }

  static Record event(long offset, String type) {
    return event(offset, RecordKind.EVENT, type, "n", "{}", 0);
  }

  static Record event(
      long offset, RecordKind kind, String type, String node, String metadata, int flags) {
    String body =
        "{\"node_id\":\"" + node + "\",\"metadata\":" + metadata + ",\"extra\":[1,null,2.5]}";
    return record(
        offset, kind, type, body, writer -> nodeAndMetadata(writer, body, node, metadata, flags));
  }

  static Record body(RecordKind kind, String type, String body, int flags) {
    return record(0, kind, type, body, writer -> writer.flags(flags));
  }

  static Record change(long offset, Rules rules) {
    RecordWriter writer = new RecordWriter(256);
    RulesChange.write(writer, rules, 1_000 + offset);
    return read(writer, offset);
  }

  private static void nodeAndMetadata(
      RecordWriter writer, String body, String node, String metadata, int flags) {
    int nodeAt = Slice.utf8(body.substring(0, body.indexOf(node, 11))).length();
    int metadataAt = Slice.utf8(body.substring(0, body.indexOf("\"metadata\":") + 11)).length();
    writer
        .flags(flags)
        .nodeId(nodeAt, Slice.utf8(node).length())
        .metadata(metadataAt, Slice.utf8(metadata).length());
  }

  private static Record record(
      long offset,
      RecordKind kind,
      String type,
      String body,
      java.util.function.Consumer<RecordWriter> fields) {
    RecordWriter writer = new RecordWriter(256);
    writer.begin(kind, EventType.of(type), Slice.utf8("id-1"), 2_000_000, 1_000_000);
    fields.accept(writer);
    byte[] bytes = Slice.utf8(body).array();
    writer.body(bytes, 0, bytes.length).end();
    return read(writer, offset);
  }

  private static Record read(RecordWriter writer, long offset) {
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, new Position(0, offset)));
  }
}
