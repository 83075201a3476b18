package io.onex.enrichment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is known about each node besides what it says itself, such as owner, site or tier.
/// Immutable.
///
/// @param nodes node id to fields, the fields by name; a field is a text
public record NodeCatalogue(Map<String, Map<String, String>> nodes) {
  /// Nothing is known about any node.
  public static final NodeCatalogue EMPTY = new NodeCatalogue(Map.of());

  static final String NODE_ID = "node_id";

  public NodeCatalogue {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    nodes.forEach((node, fields) -> copy.put(node, Map.copyOf(fields)));
    nodes = Map.copyOf(copy);
  }

  /// Reads a CSV file (RFC 4180) with a header line and a column `node_id`. Empty cells are left
  /// out.
  ///
  /// @throws IllegalArgumentException when it is none, with the line concerned
  public static NodeCatalogue ofCsv(String text) {
    List<CsvRows.Row> rows = CsvRows.read(text);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("line 1: the header line is missing");
    }
    List<String> header = rows.getFirst().cells();
    int key = header.indexOf(NODE_ID);
    if (key < 0) {
      throw new IllegalArgumentException("line 1: no column is called node_id");
    }
    Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
    for (CsvRows.Row row : rows.subList(1, rows.size())) {
      if (row.cells().size() != header.size()) {
        throw new IllegalArgumentException(
            "line %d: %d cells under %d columns"
                .formatted(row.line(), row.cells().size(), header.size()));
      }
      Map<String, String> fields = new TreeMap<>();
      for (int i = 0; i < header.size(); i++) {
        if (i != key && !row.cells().get(i).isEmpty()) {
          fields.put(header.get(i), row.cells().get(i));
        }
      }
      if (nodes.put(row.cells().get(key), fields) != null) {
        throw new IllegalArgumentException("line " + row.line() + ": this node stands twice");
      }
    }
    return new NodeCatalogue(nodes);
  }

  /// Reads a JSON object of objects by node id, `{"node-1": {"owner": "a", "tier": 1}}`. Numbers
  /// and truth values become texts, nulls are left out.
  ///
  /// @throws IllegalArgumentException when it is none
  public static NodeCatalogue ofJson(String text) {
    JsonNode tree;
    try {
      tree =
          JsonMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(text);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IllegalArgumentException("line " + line + ": no JSON", e);
    }
    if (tree == null || !tree.isObject()) {
      throw new IllegalArgumentException("line 1: expected an object of objects by node id");
    }
    Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> node : tree.properties()) {
      nodes.put(node.getKey(), fields(node.getKey(), node.getValue()));
    }
    return new NodeCatalogue(nodes);
  }

  private static Map<String, String> fields(String node, JsonNode object) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("node \"" + node + "\": expected an object of fields");
    }
    Map<String, String> fields = new TreeMap<>();
    List<String> nested = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getValue().isContainerNode()) {
        nested.add(field.getKey());
      } else if (!field.getValue().isNull()) {
        fields.put(field.getKey(), field.getValue().asText());
      }
    }
    if (!nested.isEmpty()) {
      throw new IllegalArgumentException("node \"" + node + "\": no single values: " + nested);
    }
    return fields;
  }
}
