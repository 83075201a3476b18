package io.onex.enrichment;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What is added to a record when it is sent, rendered beforehand.
///
/// The fields are `host`, `environment`, `labels` (an object) and `node` (what the catalogue knows
/// about the node, an object); those without content are left out. Every node of the catalogue has
/// its fragment ready, all others share one, so a look-up copies nothing. Immutable, safe for use
/// by many threads; a new catalogue makes a new instance.
public final class Enrichment {
  private final Slice common;
  private final Map<Slice, Slice> byNode;

  /// @param catalogue used whatever `rules` kept
  Enrichment(EnrichmentRules rules, NodeCatalogue catalogue) {
    common = render(rules, Map.of());
    Map<Slice, Slice> fragments = new HashMap<>();
    Map<Map<String, String>, Slice> rendered = new HashMap<>();
    catalogue
        .nodes()
        .forEach((node, fields) ->
            fragments.put(
                Slice.utf8(node), rendered.computeIfAbsent(fields, f -> render(rules, f))));
    byNode = Map.copyOf(fragments);
  }

  /// The fields for this record as the inside of a JSON object, or empty. The same slice for equal
  /// fields.
  ///
  /// A node is found by its whole id, else by the part before the first `:`, which is its name
  /// without version (onex-facts a7).
  public Slice enrichment(Record record) {
    if (byNode.isEmpty()) {
      return common;
    }
    Slice node = record.nodeId();
    if (record.has(RecordFlags.NODE_ID_ESCAPED)) {
      node = JsonText.utf8(node);
    }
    Slice found = byNode.get(node);
    if (found == null) {
      int colon = indexOfColon(node);
      found = colon < 0 ? null : byNode.get(node.part(0, colon));
    }
    return found == null ? common : found;
  }

  private static int indexOfColon(Slice text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.array()[text.offset() + i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private static Slice render(EnrichmentRules rules, Map<String, String> node) {
    JsonWriter json = new JsonWriter(128);
    json.beginObject();
    if (!rules.host().isEmpty()) {
      json.key("host").text(rules.host());
    }
    rules.environment().ifPresent(environment -> json.key("environment").text(environment));
    object(json, "labels", rules.labels());
    object(json, "node", node);
    json.endObject();
    Slice whole = Slice.of(json.toByteArray());
    return whole.part(1, whole.length() - 2);
  }

  private static void object(JsonWriter json, String key, Map<String, String> fields) {
    if (fields.isEmpty()) {
      return;
    }
    json.key(key).beginObject();
    new TreeMap<>(fields).forEach((name, value) -> json.key(name).text(value));
    json.endObject();
  }
}
