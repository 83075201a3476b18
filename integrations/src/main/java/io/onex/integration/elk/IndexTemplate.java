package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonWriter;
import java.util.List;

/// The composable index template under which the daily indices are made.
///
/// Metadata has any keys a sender likes, so it is one field of the engine's flat type: its values
/// are found by exact match under their path, and no sender can blow up the mapping. What the
/// template does not name is kept but not indexed.
///
/// Sources: Elasticsearch reference, "Create or update index template" and "Flattened field type";
/// OpenSearch documentation, "Index templates" and "Flat object".
final class IndexTemplate {
  /// Raised when the mapping changes: an older template of ours is then replaced.
  static final int VERSION = 1;

  private static final String OWNER = "onex";
  private static final int PRIORITY = 200;
  private static final int LONGEST_KEYWORD = 1024;
  private static final int DEEPEST_METADATA = 64;
  private static final List<String> KEYWORDS =
      List.of(
          "event_id",
          "event_type",
          "node_id",
          "correlation_id",
          "source",
          "version",
          "severity",
          "tags",
          "level",
          "service",
          "host",
          "environment");

  private IndexTemplate() {}

  /// The body of `PUT /_index_template/NAME`.
  ///
  /// @param prefix of the names of the indices
  static Slice body(String prefix, Flavour flavour) {
    JsonWriter json = new JsonWriter(2048).beginObject();
    json.key("index_patterns").beginArray();
    json.text(prefix + "-events-*").text(prefix + "-logs-*").endArray();
    json.key("priority").number(PRIORITY);
    json.key("_meta").beginObject().key("owner").text(OWNER).key("version").number(VERSION);
    json.endObject();
    json.key("template").beginObject().key("mappings").beginObject();
    json.key("dynamic").bool(false).key("properties").beginObject();
    json.key("@timestamp").beginObject().key("type").text("date").endObject();
    for (String name : KEYWORDS) {
      json.key(name).beginObject().key("type").text("keyword");
      json.key("ignore_above").number(LONGEST_KEYWORD).endObject();
    }
    json.key("duration_seconds").beginObject().key("type").text("double").endObject();
    json.key("message").beginObject().key("type").text("text").endObject();
    flat(json.key("metadata"), flavour);
    flat(json.key("labels"), flavour);
    json.key("metadata_unindexed").beginObject().key("type").text("object");
    json.key("enabled").bool(false).endObject();
    json.endObject().endObject().endObject().endObject();
    return json.written();
  }

  /// Whether a template that is there must be replaced: only an older one that is ours. One that
  /// somebody else wrote under the same name is theirs.
  ///
  /// @param found the answer to `GET /_index_template/NAME`
  static boolean isOutdated(Slice found) {
    JsonCursor templates = new JsonCursor().enter(JsonFields.find(found, "index_templates"));
    if (!templates.next()) {
      return false;
    }
    Slice meta = JsonFields.find(templates.value(), "index_template", "_meta");
    return JsonFields.textIs(JsonFields.find(meta, "owner"), OWNER)
        && JsonFields.integer(JsonFields.find(meta, "version"), VERSION) < VERSION;
  }

  private static void flat(JsonWriter json, Flavour flavour) {
    json.beginObject().key("type").text(flavour.flatType());
    if (flavour == Flavour.ELASTICSEARCH) {
      // Its default depth of 20 would refuse what the gateway accepts.
      json.key("depth_limit").number(DEEPEST_METADATA);
      json.key("ignore_above").number(LONGEST_KEYWORD);
    }
    json.endObject();
  }
}
