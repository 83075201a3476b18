package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.cli.http.GatewayException;
import io.onex.cli.output.Outcome;
import io.onex.cli.output.Result;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `onex replay`: delivers a stretch of the log again, by today's rules.
@Command(name = "replay", description = "Deliver a stretch of the log again to one destination.")
final class ReplayCommand implements Callable<Integer> {
  @Mixin private GatewayOptions options = new GatewayOptions();

  @Option(
      names = {"-d", "--destination"},
      required = true,
      paramLabel = "NAME",
      description = "The destination.")
  private String destination = "";

  @Option(
      names = {"-F", "--from"},
      required = true,
      paramLabel = "TIME",
      description = "Ingest time to start at: RFC 3339, or a duration before now such as 2h.")
  private String from = "";

  @Option(
      names = {"-T", "--to"},
      paramLabel = "TIME",
      defaultValue = "",
      description = "Ingest time to stop before; default now.")
  private String to = "";

  @Option(
      names = {"-e", "--where"},
      paramLabel = "EXPR",
      defaultValue = "",
      description = "Only matching records, such as: node_id == 'stamper_node'")
  private String where = "";

  @Option(
      names = {"-n", "--dry-run"},
      description = "Count, deliver nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws GatewayException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("destination", destination).put("from", from).put("dry_run", dryRun);
    if (!to.isEmpty()) {
      request.put("to", to);
    }
    if (!where.isEmpty()) {
      request.put("where", where);
    }
    JsonNode answer = options.client().post("/onex/v1/replay", request);
    String message =
        dryRun
            ? answer.path("matched").asText()
                + " records would be delivered again to "
                + destination
            : answer.path("replayed").asText() + " records are delivered again to " + destination;
    return options.print(
        new Result(
            dryRun ? Outcome.INFO : Outcome.SUCCESS,
            List.of(message),
            List.of(),
            answer,
            List.of()));
  }
}
