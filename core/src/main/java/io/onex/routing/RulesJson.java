package io.onex.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.bytes.Slice;
import io.onex.config.Glob;
import io.onex.config.RoutedKind;
import io.onex.config.Types;
import io.onex.json.JsonWriter;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Rules as canonical JSON: keys in one order, kinds sorted, no blanks. Format of the log, version
/// 1.
final class RulesJson {
  private static final int EPOCH_BYTES = 8;

  private RulesJson() {}

  static Slice write(Rules rules) {
    JsonWriter json = new JsonWriter(512);
    json.beginObject().key("version").number(1);
    texts(json.key("known"), rules.known());
    json.key("rules").beginArray();
    for (Rules.Rule rule : rules.rules()) {
      json.beginObject().key("name").text(rule.name());
      texts(json.key("event_types"), rule.eventTypes().stream().map(Glob::pattern).toList());
      texts(json.key("nodes"), rule.nodes().stream().map(Glob::pattern).toList());
      texts(json.key("kinds"), rule.kinds().stream().map(Types::lower).sorted().toList());
      rule.when().ifPresent(expression -> json.key("when").text(expression));
      texts(json.key("destinations"), rule.destinations());
      json.endObject();
    }
    json.endArray();
    texts(json.key("unmatched"), rules.unmatched());
    texts(json.key("tracing"), rules.tracing());
    json.endObject();
    return Slice.of(json.toByteArray());
  }

  static Rules read(Slice json) {
    try {
      JsonNode tree =
          JsonMapper.builder().build().readTree(json.array(), json.offset(), json.length());
      if (tree.path("version").asInt() != 1) {
        throw new IllegalArgumentException(
            "rules of format " + tree.path("version") + " are written by a newer version");
      }
      List<Rules.Rule> rules = new ArrayList<>();
      for (JsonNode rule : tree.path("rules")) {
        rules.add(rule(rule));
      }
      return new Rules(
          rules,
          texts(tree.path("unmatched")),
          texts(tree.path("known")),
          texts(tree.path("tracing")));
    } catch (IOException e) {
      throw new IllegalArgumentException("the rules are not JSON", e);
    }
  }

  static String epoch(Rules rules) {
    Slice json = write(rules);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(json.array(), json.offset(), json.length());
      return HexFormat.of().formatHex(digest.digest(), 0, EPOCH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Rules.Rule rule(JsonNode rule) {
    Set<RoutedKind> kinds = new HashSet<>();
    for (String kind : texts(rule.path("kinds"))) {
      kinds.add(RoutedKind.valueOf(kind.toUpperCase(Locale.ROOT)));
    }
    return new Rules.Rule(
        rule.path("name").asText(),
        texts(rule.path("event_types")).stream().map(Glob::of).toList(),
        texts(rule.path("nodes")).stream().map(Glob::of).toList(),
        kinds,
        Optional.ofNullable(rule.get("when")).map(JsonNode::asText),
        texts(rule.path("destinations")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static void texts(JsonWriter json, List<String> items) {
    json.beginArray();
    items.forEach(json::text);
    json.endArray();
  }
}
