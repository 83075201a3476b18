package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What one event says has one hash however it is written, and what another says has another.
class ContentHashTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "\"event_id\":\"2f1c9b52-0b3a-4d0e-8f6a-7a1f5d3c9e10\"";

  private final SentEvents events = new SentEvents();

  private void assertSame(String one, String other) {
    assertThat(events.hash(one, 7)).as(one + "\n" + other).isEqualTo(events.hash(other, 7));
    assertThat(events.hash(one, 8)).isEqualTo(events.hash(other, 8));
  }

  private void assertDiffer(String one, String other) {
    assertThat(events.hash(one, 7)).as(one + "\n" + other).isNotEqualTo(events.hash(other, 7));
  }

  private static String flat(String members) {
    return "{" + ID + ",\"node_id\":\"n\",\"event_type\":\"NODE_START\"," + members + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"b":2}            | { "b" : 2 , "a" : 1 }
          {"a":{"x":[],"y":{}}}    | {"a":{"y":{},"x":[ ]}}
          {"a":1}                  | {"a":1.0}
          {"a":1}                  | {"a":10e-1}
          {"a":-0}                 | {"a":0.00}
          {"a":1200}               | {"a":1.2E+3}
          {"a":0.00012}            | {"a":12e-5}
          {"a":"é/\\n"}            | {"a":"\\u00e9\\/\\u000a"}
          {"\\u0061":1}            | {"a":1}
          {"a":"","retry_count":1} | {"retry_count":2,"a":""}
          """)
  void another_spelling_is_the_same(String one, String other) {
    assertSame(flat("\"metadata\":" + one), flat("\"metadata\":" + other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}                | {"a":2}
          {"a":1}                | {"b":1}
          {"a":1}                | {"a":"1"}
          {"a":1}                | {"a":10}
          {"a":1}                | {"a":-1}
          {"a":1}                | {"a":true}
          {"a":null}             | {}
          {"a":null}             | {"a":false}
          {"a":[1,2]}            | {"a":[2,1]}
          {"a":[]}               | {"a":{}}
          {"a":[[1],2]}          | {"a":[1,[2]]}
          {"a":"12345678"}       | {"a":"12345678\\u0000"}
          {"a":"x","b":"y"}      | {"a":"y","b":"x"}
          {"a":{"b":1},"c":{}}   | {"a":{},"c":{"b":1}}
          {"a":12345678901234567890} | {"a":12345678901234567891}
          {"a":0.1}              | {"a":0.10000000000000000001}
          {"a":{"retry_count":1}} | {"a":{"retry_count":2}}
          """)
  void what_says_something_else_differs(String one, String other) {
    assertDiffer(flat("\"metadata\":" + one), flat("\"metadata\":" + other));
  }

  @Test
  void type_node_correlation_and_the_senders_time_count() {
    String event =
        flat("\"timestamp\":\"2025-05-25T14:30:00Z\",\"correlation_id\":\"c\",\"metadata\":{}");
    assertSame(event, event.replace("14:30:00Z", "14:30:00.000000+00:00"));
    assertSame(event, event.replace("NODE_START", "node_start"));
    assertSame(event, event.replace("\"c\"", "\"\\u0063\""));
    assertSame(event, event.replace(ID, "\"event_id\":\"other\""));
    assertDiffer(event, event.replace("14:30:00Z", "14:30:01Z"));
    assertDiffer(event, event.replace("NODE_START", "NODE_SUCCESS"));
    assertDiffer(event, event.replace("NODE_START", "MINE"));
    assertDiffer(event.replace("NODE_START", "MINE"), event.replace("NODE_START", "YOURS"));
    assertDiffer(event, event.replace("\"n\"", "\"m\""));
    assertDiffer(event, event.replace("\"c\"", "\"d\""));
    assertDiffer(event, event.replace("\"c\"", "null"));
    // A time that we put in ourselves is no part of it.
    assertSame(flat("\"metadata\":{\"a\":1}"), flat("\"metadata\":{\"a\":1}"));
  }

  @Test
  void what_a_transport_writes_anew_is_no_other_event() {
    String envelope =
        """
        {"envelope_id":"%s","envelope_timestamp":"2025-05-25T14:3%d:00Z","retry_count":%d,\
        "metadata":{"headers":{"x":%d},"span_id":"%d"},"payload":{%s,"node_id":"n",\
        "event_type":"NODE_START","timestamp":"2025-05-25T14:30:00%s","metadata":{"input_state":%d}}}\
        """;
    for (String zone : List.of("", "Z")) {
      String first = envelope.formatted("e-1", 1, 0, 0, 0, ID, zone, 1);
      assertSame(first, envelope.formatted("e-2", 2, 1, 5, 6, ID, zone, 1));
      assertDiffer(first, envelope.formatted("e-1", 1, 0, 0, 0, ID, zone, 2));
      assertDiffer(
          first,
          first.replace("14:30:00" + zone + "\",\"metadata", "14:30:09" + zone + "\",\"metadata"));
    }
    String heartbeat =
        "{\"envelope_id\":\"%s\",\"envelope_timestamp\":\"2025-05-25T14:3%d:00Z\",\"event_type\":\"node-heartbeat\",\"payload\":{\"node_id\":\"n\",\"uptime_seconds\":%d}}";
    assertSame(heartbeat.formatted("a", 1, 5), heartbeat.formatted("b", 2, 5));
    assertDiffer(heartbeat.formatted("a", 1, 5), heartbeat.formatted("a", 1, 6));

    String line =
        "{\"level\":\"info\",\"message\":\"m%d\",\"event_id\":\"x\",\"retry_count\":%d,\"headers\":{\"h\":%d}}";
    assertSame(line.formatted(1, 1, 1), line.formatted(1, 2, 3));
    assertDiffer(line.formatted(1, 1, 1), line.formatted(2, 1, 1));

    String bus =
        "{\"topic\":\"onex.events.NODE_START\",\"timestamp_ms\":%d,\"headers\":{\"retry_count\":\"%d\"},\"value\":{%s,\"node_id\":\"n\",\"metadata\":{\"input_state\":%d}}}";
    assertSame(
        bus.formatted(1_748_183_400_000L, 0, ID, 1), bus.formatted(1_748_183_500_000L, 1, ID, 1));
    assertDiffer(
        bus.formatted(1_748_183_400_000L, 0, ID, 1), bus.formatted(1_748_183_400_000L, 0, ID, 2));
  }

  @Test
  void an_event_without_metadata_says_what_stands_in_it() {
    assertDiffer(flat("\"x\":1"), flat("\"x\":2"));
    assertSame(flat("\"x\":1"), flat("\"retry_count\":5,\"x\":1"));
  }

  /// A tree written in any order, spacing and spelling has one hash; a tree with one change has
  /// another, and no two of all of them meet.
  @Test
  void of_many_random_trees_each_has_one_hash_of_its_own() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ContentHashTest seed " + seed);
    Random random = new Random(seed);
    Map<Long, JsonNode> met = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      ObjectNode tree = (ObjectNode) tree(random, 0, true);
      tree.put("number", i);
      String one = flat("\"metadata\":" + written(tree, random));
      assertSame(one, flat("\"metadata\":" + written(tree, random)));
      JsonNode before = met.put(events.hash(one, 7), tree);
      assertThat(before).isNull();
      ObjectNode changed = tree.deepCopy();
      change(changed, random);
      if (!changed.equals(tree)) {
        assertDiffer(one, flat("\"metadata\":" + written(changed, random)));
      }
    }
  }

  private static JsonNode tree(Random random, int depth, boolean object) {
    int kind = object ? 0 : random.nextInt(depth > 3 ? 4 : 6);
    if (kind == 0 || kind == 5) {
      ObjectNode node = JSON.createObjectNode();
      for (int i = random.nextInt(6); i >= 0 && depth < 4; i--) {
        node.set(text(random), tree(random, depth + 1, false));
      }
      return node;
    }
    return switch (kind) {
      case 1 -> JSON.getNodeFactory().textNode(text(random));
      case 2 -> JSON.getNodeFactory().numberNode(random.nextInt(2_000) - 1_000);
      case 3 ->
          random.nextBoolean()
              ? JSON.getNodeFactory().nullNode()
              : JSON.getNodeFactory().booleanNode(random.nextBoolean());
      default -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(tree(random, depth + 1, false));
        }
        yield array;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.append("abcdefghij é\n\"\\zß0".charAt(random.nextInt(18)));
    }
    return text.toString();
  }

  /// Changes one value somewhere.
  private static void change(ObjectNode tree, Random random) {
    List<String> keys = new ArrayList<>();
    tree.fieldNames().forEachRemaining(keys::add);
    String key = keys.get(random.nextInt(keys.size()));
    if (tree.get(key) instanceof ObjectNode below && !below.isEmpty() && random.nextBoolean()) {
      change(below, random);
    } else if (random.nextInt(4) == 0) {
      tree.remove(key);
    } else {
      tree.put(key, "changed " + random.nextInt());
    }
  }

  private static String written(JsonNode node, Random random) throws Exception {
    String blank = random.nextInt(4) == 0 ? " " : "";
    if (node instanceof ObjectNode object) {
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      Collections.shuffle(keys, random);
      List<String> members = new ArrayList<>();
      for (String key : keys) {
        members.add(quoted(key, random) + blank + ":" + blank + written(object.get(key), random));
      }
      return "{" + blank + String.join(blank + ",", members) + "}";
    }
    if (node instanceof ArrayNode array) {
      List<String> elements = new ArrayList<>();
      for (JsonNode element : array) {
        elements.add(written(element, random));
      }
      return "[" + blank + String.join("," + blank, elements) + "]";
    }
    if (node.isInt() && random.nextInt(3) == 0) {
      return node.asInt() + (random.nextBoolean() || node.asInt() == 0 ? ".0" : "0e-1");
    }
    return node.isTextual() ? quoted(node.asText(), random) : JSON.writeValueAsString(node);
  }

  private static String quoted(String text, Random random) throws Exception {
    if (random.nextInt(3) > 0) {
      return JSON.writeValueAsString(text);
    }
    StringBuilder escaped = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) text.charAt(i)));
    }
    return escaped.append('"').toString();
  }
}
