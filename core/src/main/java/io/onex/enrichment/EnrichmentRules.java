package io.onex.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.bytes.Slice;
import io.onex.config.EnrichmentConfig;
import io.onex.json.JsonWriter;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is added to records from one position of the log on.
///
/// This is what is versioned: its canonical text stands in the log and its [#epoch] names it. A
/// catalogue of more than [#MAX_KEPT_BYTES] does not go into the log; then only its digest does.
///
/// @param host name of the machine; empty for none
/// @param environment such as `prod`
/// @param labels fixed names and values
/// @param catalogue what is known about nodes; absent when it was too large to be kept
/// @param digest of a catalogue that was not kept, 16 hexadecimal digits; else empty
public record EnrichmentRules(
    String host,
    Optional<String> environment,
    Map<String, String> labels,
    Optional<NodeCatalogue> catalogue,
    String digest) {
  /// Most bytes of a catalogue, as canonical JSON, that is kept in the log: 1 MiB.
  public static final int MAX_KEPT_BYTES = 1 << 20;

  private static final int EPOCH_BYTES = 8;

  public EnrichmentRules {
    labels = Map.copyOf(labels);
    if (catalogue.isPresent() != digest.isEmpty()) {
      throw new IllegalArgumentException("a catalogue is either kept or named by its digest");
    }
  }

  /// What a configuration means now.
  ///
  /// @param systemHost name of this machine, used unless the configuration names another
  public static EnrichmentRules of(
      EnrichmentConfig config, String systemHost, NodeCatalogue catalogue) {
    Slice nodes = nodes(catalogue);
    boolean kept = nodes.length() <= MAX_KEPT_BYTES;
    return new EnrichmentRules(
        config.host().orElse(systemHost),
        config.environment(),
        config.labels(),
        kept ? Optional.of(catalogue) : Optional.empty(),
        kept ? "" : digest(nodes));
  }

  /// A short name that is the same for the same content: 16 hexadecimal digits.
  public String epoch() {
    return digest(json());
  }

  /// The canonical JSON text, format version 1: keys in one order, names sorted, no blanks.
  public Slice json() {
    JsonWriter json = new JsonWriter(256);
    json.beginObject().key("version").number(1);
    json.key("host").text(host);
    environment.ifPresent(name -> json.key("environment").text(name));
    texts(json.key("labels"), labels);
    if (catalogue.isPresent()) {
      json.key("nodes").raw(nodes(catalogue.get()));
    } else {
      json.key("nodes_digest").text(digest);
    }
    return Slice.of(json.endObject().toByteArray());
  }

  /// Reads what [#json] wrote.
  ///
  /// @throws IllegalArgumentException when `json` is anything else
  public static EnrichmentRules parse(Slice json) {
    try {
      JsonNode tree =
          JsonMapper.builder().build().readTree(json.array(), json.offset(), json.length());
      if (tree.path("version").asInt() != 1) {
        throw new IllegalArgumentException(
            "enrichment of format " + tree.path("version") + " is written by a newer version");
      }
      Map<String, String> labels = new TreeMap<>();
      tree.path("labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      JsonNode nodes = tree.get("nodes");
      return new EnrichmentRules(
          tree.path("host").asText(),
          Optional.ofNullable(tree.get("environment")).map(JsonNode::asText),
          labels,
          Optional.ofNullable(nodes).map(object -> NodeCatalogue.ofJson(object.toString())),
          tree.path("nodes_digest").asText());
    } catch (IOException e) {
      throw new IllegalArgumentException("the enrichment is not JSON", e);
    }
  }

  private static Slice nodes(NodeCatalogue catalogue) {
    JsonWriter json = new JsonWriter(256).beginObject();
    new TreeMap<>(catalogue.nodes()).forEach((node, fields) -> texts(json.key(node), fields));
    return Slice.of(json.endObject().toByteArray());
  }

  private static void texts(JsonWriter json, Map<String, String> texts) {
    json.beginObject();
    new TreeMap<>(texts).forEach((name, value) -> json.key(name).text(value));
    json.endObject();
  }

  private static String digest(Slice text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.array(), text.offset(), text.length());
      return HexFormat.of().formatHex(digest.digest(), 0, EPOCH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
