package io.onex.testkit.secret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// Where in the input of a gateway a secret stands. Each makes one line of input of a JSON value.
enum Carrier {
  METADATA {
    @Override
    String around(String value) {
      return metadata("{\"detail\":" + value + "}");
    }
  },
  NESTED {
    @Override
    String around(String value) {
      return metadata("{\"input_state\":{\"steps\":[{\"n\":1},{\"deep\":[" + value + "]}]}}");
    }
  },
  ERROR {
    @Override
    String around(String value) {
      return event("NODE_FAILURE", "{\"input_state\":{},\"error\":" + value + "}");
    }
  },
  LOG_LINE {
    @Override
    String around(String value) {
      return "{\"level\":\"ERROR\",\"logger\":\"app\",\"message\":" + value + "," + KEPT + "}";
    }
  },
  CLOUD_EVENT_DATA {
    @Override
    String around(String value) {
      return cloudEvent("\"data\":{\"outcome\":" + value + "}");
    }
  },
  EXTENSION {
    @Override
    String around(String value) {
      return cloudEvent("\"data\":{},\"comexampleextra\":" + value);
    }
  },
  ENVELOPE {
    @Override
    String around(String value) {
      return "{\"envelope_id\":\"e\",\"payload\":{\"answer\":" + value + "}," + KEPT + "}";
    }
  },
  ENCODED_TWICE {
    @Override
    String around(String value) {
      return metadata("{\"body\":" + text("{\"request\":" + value + "}") + "}");
    }
  },
  ENCODED_METADATA {
    @Override
    String around(String value) {
      return metadata(text("{\"request\":" + value + "}"));
    }
  },
  DEAD_LETTER {
    @Override
    String around(String value) {
      return "{\"original_topic\":\"t\",\"original_message\":{\"value\":"
          + text("{\"a\":{\"b\":" + value + "}}")
          + "},"
          + KEPT
          + "}";
    }
  },
  UNTYPED {
    @Override
    String around(String value) {
      return "{\"node_id\":\"n\"," + KEPT + ",\"metadata\":{\"detail\":" + value + "}}";
    }
  },
  CUT {
    @Override
    String around(String value) {
      return "{\"event_type\":\"X\",\"node_id\":\"n\","
          + KEPT
          + ",\"metadata\":{\"detail\":"
          + value;
    }
  };

  /// Stands in every input and has to stay.
  static final String STAYS = "orders-7 of 12";

  /// The member that holds it.
  static final String KEPT = "\"status\":\"" + STAYS + "\"";

  /// One line of input with this JSON value in it.
  abstract String around(String value);

  /// The text as a JSON string.
  static String text(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  private static String metadata(String metadata) {
    return event("X", metadata);
  }

  private static String event(String type, String metadata) {
    return "{\"event_type\":\""
        + type
        + "\",\"event_id\":\"e\",\"metadata\":"
        + metadata
        + ","
        + KEPT
        + ",\"node_id\":\"n\"}";
  }

  private static String cloudEvent(String members) {
    return "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"onex/n\",\"type\":\"X\","
        + KEPT
        + ","
        + members
        + "}";
  }
}
