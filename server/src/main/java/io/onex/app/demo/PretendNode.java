package io.onex.app.demo;

import io.onex.json.JsonWriter;
import java.util.List;
import java.util.random.RandomGenerator;

/// The nodes of the demo. Each run of one is a few events that belong together.
enum PretendNode {
  /// Four events with one correlation id: telemetry around the node's own pair. One run in eight
  /// ends as a success whose output says error, as the real stamper does (onex-facts a4).
  STAMPER(5) {
    @Override
    void write(EventScript script, RandomGenerator random, long start) {
      String correlation = script.newId();
      String file = "/srv/onex/demo/node_" + random.nextInt(200) + ".py";
      long took = millis(random, 4, 60);
      script.generation1(
          start, "TELEMETRY_OPERATION_START", "stamper_node", correlation, PretendNode::stamping);
      script.generation1(
          start + 800,
          "NODE_START",
          "stamper_node",
          correlation,
          json -> inputState(json, "file_path", file));
      boolean failed = random.nextInt(8) == 0;
      script.generation1(
          start + took - 600,
          "NODE_SUCCESS",
          "stamper_node",
          correlation,
          json -> {
            inputState(json, "file_path", file);
            json.key("output_state").beginObject().key("version").text("1.1.1");
            json.key("status").text(failed ? "error" : "success");
            json.key("message").text(failed ? "Error stamping file: not found" : "Stamped " + file);
            json.endObject();
          });
      script.generation1(
          start + took,
          "TELEMETRY_OPERATION_SUCCESS",
          "stamper_node",
          correlation,
          json -> {
            stamping(json);
            json.key("execution_time_ms").number(took / 1000.0);
            json.key("result_type").text("StamperOutputState").key("success").bool(true);
          });
    }
  },

  /// Start and end without a correlation id: paired by node and order.
  TREE_GENERATOR(3) {
    @Override
    void write(EventScript script, RandomGenerator random, long start) {
      String node = "tree_generator_node:1.0.0";
      long took = millis(random, 30, 400);
      script.generation1(
          start,
          "NODE_START",
          node,
          "",
          json -> inputState(json, "root_directory", "/srv/onex/demo/tree"));
      if (random.nextInt(10) == 0) {
        script.generation1(
            start + took,
            "NODE_FAILURE",
            node,
            "",
            json -> json.key("error").text("Root directory does not exist: /srv/onex/gone"));
        return;
      }
      long artifacts = random.nextInt(10, 90);
      script.generation1(
          start + took,
          "NODE_SUCCESS",
          node,
          "",
          json -> {
            json.key("output_path").text("/srv/onex/demo/.onextree");
            json.key("artifacts_discovered").number(artifacts);
          });
    }
  },

  /// Generation 2, with the duration on the end event and failures that carry a code.
  REGISTRY(4) {
    @Override
    void write(EventScript script, RandomGenerator random, long start) {
      String correlation = script.newId();
      long took = millis(random, 5, 900);
      script.generation2(
          start,
          "NODE_START",
          "registry_loader_node",
          correlation,
          json -> inputState(json, "root_directory_path", "/srv/onex"));
      boolean failed = random.nextInt(12) == 0;
      script.generation2(
          start + took,
          failed ? "NODE_FAILURE" : "NODE_SUCCESS",
          "registry_loader_node",
          correlation,
          json -> {
            inputState(json, "root_directory_path", "/srv/onex");
            json.key("execution_time_ms").number(took / 1000.0);
            json.key("status").text(failed ? "error" : "success");
          });
      if (failed) {
        structuredLog(script, start + took + 200, correlation);
      }
    }

    private void structuredLog(EventScript script, long at, String correlation) {
      script.generation2(
          at,
          "STRUCTURED_LOG",
          "registry_loader_node",
          correlation,
          json ->
              json.key("log_entry")
                  .beginObject()
                  .key("message")
                  .text("Registry sync failed")
                  .key("code")
                  .text("ONEX_REG_202_REGISTRY_CORRUPTED")
                  .key("level")
                  .text("error")
                  .endObject());
    }
  },

  /// A telemetry operation of its own, which fails now and then.
  VALIDATOR(3) {
    @Override
    void write(EventScript script, RandomGenerator random, long start) {
      String correlation = script.newId();
      long took = millis(random, 2, 150);
      boolean failed = random.nextInt(6) == 0;
      script.generation1(
          start,
          "TELEMETRY_OPERATION_START",
          "validator_node",
          correlation,
          PretendNode::validating);
      script.generation1(
          start + took,
          failed ? "TELEMETRY_OPERATION_ERROR" : "TELEMETRY_OPERATION_SUCCESS",
          "validator_node",
          correlation,
          json -> {
            validating(json);
            json.key("execution_time_ms").number(took / 1000.0).key("success").bool(!failed);
            if (failed) {
              json.key("error_type").text("SchemaError");
              json.key("error_message").text("metadata block is missing");
              json.key("recoverable").bool(true);
            }
          });
    }
  },

  /// Generation 3 in envelopes: a lower-case pair, and a heartbeat.
  EFFECT(4) {
    @Override
    void write(EventScript script, RandomGenerator random, long start) {
      String node = "6f1d2c3b-4a59-4e87-9b0c-1d2e3f405162";
      String correlation = script.newId();
      long took = millis(random, 10, 250);
      script.generation3(start, "core.node.start", node, correlation, json -> {});
      script.generation3(
          start + took,
          "core.node.completed",
          node,
          correlation,
          json ->
              json.key("metadata")
                  .beginObject()
                  .key("execution_time_ms")
                  .number(took / 1000.0)
                  .endObject());
      long active = random.nextInt(9);
      script.generation3(
          start + took,
          "node-heartbeat",
          node,
          "",
          json ->
              json.key("node_type").text("effect").key("active_operations_count").number(active));
    }
  };

  /// How often it runs, beside the others.
  private final int weight;

  PretendNode(int weight) {
    this.weight = weight;
  }

  abstract void write(EventScript script, RandomGenerator random, long start);

  /// The events of one run of this node that starts at `start`, in microseconds since the epoch.
  List<DemoEvent> run(RandomGenerator random, long start) {
    EventScript script = new EventScript(random);
    write(script, random, start);
    return script.events();
  }

  /// Some node, by weight.
  static PretendNode any(RandomGenerator random) {
    int sum = 0;
    for (PretendNode node : values()) {
      sum += node.weight;
    }
    int chosen = random.nextInt(sum);
    for (PretendNode node : values()) {
      chosen -= node.weight;
      if (chosen < 0) {
        return node;
      }
    }
    throw new IllegalStateException("the weights add up to " + sum);
  }

  /// A duration between two numbers of milliseconds, in microseconds; short ones are more frequent.
  private static long millis(RandomGenerator random, int least, int most) {
    double skewed = random.nextDouble() * random.nextDouble();
    return Math.round((least + skewed * (most - least)) * 1000);
  }

  private static void inputState(JsonWriter json, String key, String value) {
    json.key("input_state").beginObject().key("version").text("1.1.1").key(key).text(value);
    json.endObject();
  }

  private static void stamping(JsonWriter json) {
    json.key("operation").text("stamp_file").key("function").text("run_stamper_node");
  }

  private static void validating(JsonWriter json) {
    json.key("operation").text("validate").key("function").text("run_validator");
  }
}
