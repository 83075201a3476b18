package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.onex.cli.http.GatewayClient;
import io.onex.cli.http.GatewayException;
import io.onex.output.Cells;
import io.onex.output.Outcome;
import io.onex.output.Result;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `onex why EVENT_ID`: what became of one record at every destination.
@Command(name = "why", description = "Show what became of one event at every destination.")
final class WhyCommand implements Callable<Integer> {
  private static final String PATH = "/onex/v1/why";

  /// What certainly has room in the line of a request, in bytes.
  private static final int MOST_IN_PATH = 2048;

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Parameters(paramLabel = "EVENT_ID", description = "The event id, exactly as sent.")
  private String eventId = "";

  @Override
  public Integer call() throws GatewayException {
    String id = URLEncoder.encode(eventId, StandardCharsets.UTF_8).replace("+", "%20");
    GatewayClient client = options.client();
    JsonNode why =
        id.length() <= MOST_IN_PATH
            ? client.get(PATH + "/" + id, "destinations")
            : client.post(
                PATH, JsonNodeFactory.instance.objectNode().put("id", eventId), "destinations");
    return options.print(result(why));
  }

  static Result result(JsonNode why) {
    String line =
        why.path("type").asText()
            + " of "
            + why.path("node_id").asText("an unnamed node")
            + " at position "
            + why.path("position").asText()
            + ", taken in "
            + why.path("ingest_time").asText()
            + " by "
            + why.path("source").asText();
    List<String> messages = new ArrayList<>(List.of(line));
    JsonNode operation = why.path("operation");
    if (operation.isObject()) {
      messages.add(
          "its operation ended with "
              + operation.path("outcome").asText()
              + " at position "
              + operation.path("position").asText()
              + "; what became of that: onex why "
              + operation.path("event_id").asText());
    }
    for (JsonNode other : why.path("conflicting")) {
      messages.add(
          "another event with this id and other content stands at position "
              + other.path("position").asText()
              + "; what became of it: onex why "
              + other.path("event_id").asText());
    }
    if (why.path("destinations").isEmpty()) {
      messages.add("no destinations: it is kept, and counted in /metrics");
    }
    return new Result(
        Outcome.SUCCESS,
        messages,
        List.of(),
        why,
        List.of(
            Cells.table(
                "Destinations",
                why.path("destinations"),
                "name",
                "outcome",
                "at",
                "attempt",
                "reason")));
  }
}
