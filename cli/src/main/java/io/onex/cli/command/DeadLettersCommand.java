package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.cli.http.GatewayException;
import io.onex.output.Cells;
import io.onex.output.Outcome;
import io.onex.output.Result;
import io.onex.output.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `onex dead-letters`: what could not be delivered or taken in.
@Command(
    name = "dead-letters",
    description = "List, show or deliver again what could not be delivered.",
    subcommands = {
      DeadLettersCommand.ListCommand.class,
      DeadLettersCommand.ShowCommand.class,
      DeadLettersCommand.ReplayDeadLettersCommand.class
    })
final class DeadLettersCommand implements Callable<Integer> {
  private static final String PATH = "/onex/v1/dead-letters";

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// `onex dead-letters list`.
  @Command(name = "list", description = "List dead letters, oldest first.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private GatewayOptions options = new GatewayOptions();

    @Option(
        names = {"-d", "--destination"},
        paramLabel = "NAME",
        defaultValue = "",
        description = "Of one destination only; `refused` names the lines that sources refused.")
    private String destination = "";

    @Option(
        names = {"-r", "--reason"},
        paramLabel = "CODE",
        defaultValue = "",
        description = "With one reason only.")
    private String reason = "";

    @Option(
        names = {"-l", "--limit"},
        paramLabel = "N",
        defaultValue = "50",
        converter = WholeNumber.class,
        description = "At most N; default ${DEFAULT-VALUE}.")
    private long limit = 50;

    @Override
    public Integer call() throws GatewayException {
      String query =
          "?limit=" + limit + "&destination=" + encode(destination) + "&reason=" + encode(reason);
      return options.print(result(options.client().get(PATH + query, "items")));
    }

    static Result result(JsonNode page) {
      return new Result(
          Outcome.SUCCESS,
          List.of(Cells.count(page.path("total").asLong(), "dead letter")),
          List.of(),
          page,
          List.of(
              Cells.table(
                  "",
                  page.path("items"),
                  "id",
                  "at",
                  "destination",
                  "reason",
                  "type",
                  "node_id",
                  "attempts",
                  "replayed",
                  "detail")));
    }
  }

  /// `onex dead-letters show`.
  @Command(name = "show", description = "Show one dead letter with its body.")
  static final class ShowCommand implements Callable<Integer> {
    @Mixin private GatewayOptions options = new GatewayOptions();

    @Parameters(paramLabel = "ID", description = "The id that `list` prints.")
    private String id = "";

    @Override
    public Integer call() throws GatewayException {
      JsonNode letter = options.client().get(PATH + "/" + encode(id), "id");
      List<String> lines = new ArrayList<>();
      for (var field : letter.properties()) {
        lines.add(field.getKey() + ": " + Cells.text(field.getValue()));
      }
      // The lines are the data, of which a quiet command prints as much.
      List<Table> tables = options.quiet() ? List.of(Cells.members(letter)) : List.of();
      return options.print(new Result(Outcome.SUCCESS, lines, List.of(), letter, tables));
    }
  }

  /// `onex dead-letters replay`.
  @Command(
      name = "replay",
      description = "Deliver dead letters again, to the same destination.",
      footer = ReplayCommand.EXIT_CODES)
  static final class ReplayDeadLettersCommand implements Callable<Integer> {
    @Mixin private GatewayOptions options = new GatewayOptions();

    @Option(
        names = {"-d", "--destination"},
        required = true,
        paramLabel = "NAME",
        description = "The destination.")
    private String destination = "";

    @Parameters(
        paramLabel = "ID",
        arity = "0..*",
        description = "Only these; default all that were not replayed.")
    private List<String> ids = List.of();

    @Option(
        names = {"-D", "--detach"},
        description = "Do not wait for the end.")
    private boolean detach;

    @Override
    public Integer call() throws GatewayException, InterruptedException {
      ObjectNode request = JsonNodeFactory.instance.objectNode();
      request.put("destination", destination);
      if (!ids.isEmpty()) {
        ids.forEach(request.putArray("ids")::add);
      }
      ReplayFollower follower = new ReplayFollower(options, detach);
      return options.print(
          follower.follow(options.client().post(PATH + "/replay", request, ReplayFollower.REPLAY)));
    }
  }
}
