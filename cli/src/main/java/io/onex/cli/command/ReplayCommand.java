package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.cli.http.GatewayException;
import io.onex.output.Cells;
import io.onex.output.Outcome;
import io.onex.output.Result;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `onex replay`: delivers a stretch of the log again, by today's rules.
@Command(
    name = "replay",
    description = "Deliver a stretch of the log again to one destination.",
    footer = ReplayCommand.EXIT_CODES,
    subcommands = {ReplayCommand.ListCommand.class, ReplayCommand.CancelCommand.class})
final class ReplayCommand implements Callable<Integer> {
  static final String EXIT_CODES =
      "Exit code: 0 when all arrived, 3 when some were refused or gone, 4 when there was nothing to"
          + " send or it was cancelled, 1 when it failed. Interrupting only stops the waiting.";

  private static final String PATH = "/onex/v1/replay";

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Option(
      names = {"-d", "--destination"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "The destination; required.")
  private String destination = "";

  @Option(
      names = {"-F", "--from"},
      paramLabel = "TIME",
      defaultValue = "",
      description =
          "Ingest time to start at, required: RFC 3339, or a duration before now such as 2h.")
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

  @Option(
      names = {"-D", "--detach"},
      description = "Do not wait for the end.")
  private boolean detach;

  @Override
  public Integer call() throws GatewayException, InterruptedException {
    // Not `required`, as `list` and `cancel` do without them.
    for (String option : List.of("--destination", "--from")) {
      if ((option.equals("--from") ? from : destination).isEmpty()) {
        throw new ParameterException(
            options.commandLine(), "Missing required option: '" + option + "'");
      }
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("destination", destination).put("from", from);
    if (!to.isEmpty()) {
      request.put("to", to);
    }
    if (!where.isEmpty()) {
      request.put("where", where);
    }
    if (dryRun) {
      return options.print(
          counted(options.client().post(PATH, request.put("dry_run", true), "matched")));
    }
    ReplayFollower follower = new ReplayFollower(options, detach);
    return options.print(
        follower.follow(options.client().post(PATH, request, ReplayFollower.REPLAY)));
  }

  private Result counted(JsonNode answer) {
    String message =
        Cells.count(answer.path("matched").asLong(), "record")
            + " would be delivered again to "
            + destination;
    return new Result(Outcome.INFO, List.of(message), List.of(), answer, List.of());
  }

  /// `onex replay list`.
  @Command(name = "list", description = "List replays that are open or ended lately, oldest first.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private GatewayOptions options = new GatewayOptions();

    @Override
    public Integer call() throws GatewayException {
      JsonNode page = options.client().get(PATH, "items");
      return options.print(
          new Result(
              Outcome.SUCCESS,
              List.of(Cells.count(page.path("items").size(), "replay")),
              List.of(),
              page,
              List.of(
                  Cells.table(
                      "",
                      page.path("items"),
                      "id",
                      "destination",
                      "of",
                      "state",
                      "created_at",
                      "done",
                      "total",
                      "replayed",
                      "refused",
                      "waiting_for"))));
    }
  }

  /// `onex replay cancel`.
  @Command(name = "cancel", description = "Cancel a replay; what arrived stays counted.")
  static final class CancelCommand implements Callable<Integer> {
    @Mixin private GatewayOptions options = new GatewayOptions();

    @Parameters(
        paramLabel = "ID",
        converter = WholeNumber.class,
        description = "The id that `list` prints.")
    private long id;

    @Override
    public Integer call() throws GatewayException {
      JsonNode replay = options.client().delete(PATH + "/" + id, ReplayFollower.REPLAY);
      Result result = ReplayFollower.result(replay);
      return options.print(
          new Result(Outcome.SUCCESS, result.messages(), result.errors(), replay, result.tables()));
    }
  }
}
