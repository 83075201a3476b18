package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.cli.http.GatewayClient;
import io.onex.cli.http.GatewayException;
import io.onex.output.Cells;
import io.onex.output.Format;
import io.onex.output.Outcome;
import io.onex.output.Result;
import io.onex.output.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `onex status`: the ledger of every destination.
@Command(
    name = "status",
    description = "Show what was accepted and where every record of it is.",
    footer = "Exit code: 0 when all is well, 2 when something needs a look, 1 when it failed.")
final class StatusCommand implements Callable<Integer> {
  /// What is asked for more often than this is asked for by mistake.
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

  private static final Set<String> RARE =
      Set.of("SAMPLED", "DIVERTED", "DEAD LETTERED", "EXPIRED", "LOST");

  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  @Mixin private GatewayOptions options = new GatewayOptions();

  @Option(
      names = {"-w", "--watch"},
      description = "Show again and again until interrupted.")
  private boolean watch;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "Time between two looks; default ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ofSeconds(2);

  @Override
  public Integer call() throws GatewayException, InterruptedException {
    if (interval.compareTo(LEAST_INTERVAL) < 0) {
      throw options.wrong("--interval is at least 100ms");
    }
    GatewayClient client = options.client();
    int exitCode = show(result(client.get("/onex/v1/status", "destinations")));
    while (watch) {
      Thread.sleep(interval);
      Result next = result(client.get("/onex/v1/status", "destinations"));
      if (options.format() == Format.HUMAN && Terminal.isThere()) {
        options.commandLine().getOut().print(HOME_AND_CLEAR);
      }
      exitCode = show(next);
    }
    return exitCode;
  }

  /// People are spared the columns of outcomes that no destination has.
  private int show(Result result) {
    if (options.format() != Format.HUMAN) {
      return options.print(result);
    }
    return options.print(
        new Result(
            result.outcome(),
            result.messages(),
            result.errors(),
            result.metadata(),
            result.tables().stream().map(table -> table.withoutZeros(RARE)).toList()));
  }

  static Result result(JsonNode status) {
    List<String> messages = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    JsonNode log = status.path("log");
    JsonNode ingest = status.path("ingest");
    messages.add(
        String.format(
            Locale.ROOT,
            "gateway %s, up %s, %s",
            status.path("version").asText(),
            uptime(status.path("uptime_seconds").asLong()),
            status.path("ready").asBoolean() ? "ready" : "not ready"));
    messages.add(
        String.format(
            Locale.ROOT,
            "log: %,d records, %.0f/s, %,d bytes on disk; accepted %,d, duplicates %,d, ignored %,d,"
                + " refused %,d",
            log.path("end").asLong() - log.path("start").asLong(),
            log.path("records_per_second").asDouble(),
            log.path("bytes_on_disk").asLong(),
            ingest.path("accepted").asLong(),
            ingest.path("duplicates").asLong(),
            ingest.path("ignored").asLong(),
            ingest.path("rejected").asLong()));
    List<String> pending = new ArrayList<>();
    status.path("pending_restart").forEach(path -> pending.add(path.asText()));
    if (!pending.isEmpty()) {
      messages.add("changed and in force after a restart: " + String.join(", ", pending));
    }
    if (!log.path("available").asBoolean(true) && log.path("problems").isEmpty()) {
      errors.add("the log cannot append");
    }
    for (JsonNode stuck : status.path("stuck")) {
      errors.add(
          String.format(
              Locale.ROOT,
              "%s is stuck for %d s: %s",
              stuck.path("name").asText(),
              stuck.path("for_seconds").asLong(),
              stuck.path("reason").asText()));
    }
    for (JsonNode problem : log.path("problems")) {
      errors.add(problem.asText());
    }
    for (JsonNode destination : status.path("destinations")) {
      String name = destination.path("name").asText();
      String state = destination.path("state").asText();
      if (state.equals("paused") || state.equals("open")) {
        errors.add(
            name + " is " + state + ": " + destination.path("reason").asText("no reason given"));
      }
      if (!destination.path("balanced").asBoolean(true)) {
        errors.add(name + ": the ledger does not balance; report this with --format json");
      }
    }
    if (status.path("destinations").isEmpty()) {
      messages.add(
          "no destinations: events are kept and counted in /metrics; `onex serve --config FILE`"
              + " delivers them");
    }
    Outcome outcome = errors.isEmpty() ? Outcome.SUCCESS : Outcome.WARNING;
    return new Result(
        outcome,
        messages,
        errors,
        status,
        List.of(
            Cells.table(
                "Destinations",
                status.path("destinations"),
                "name",
                "state",
                "breaker",
                "accepted",
                "delivered",
                "filtered",
                "sampled",
                "diverted",
                "dead_lettered",
                "expired",
                "lost",
                "pending",
                "lag",
                "records_per_second")));
  }

  private static String uptime(long seconds) {
    Duration up = Duration.ofSeconds(seconds);
    return up.toDays() > 0
        ? up.toDays() + "d " + up.toHoursPart() + "h"
        : up.toHours() > 0
            ? up.toHours() + "h " + up.toMinutesPart() + "m"
            : up.toMinutes() > 0
                ? up.toMinutes() + "m " + up.toSecondsPart() + "s"
                : up.toSeconds() + "s";
  }
}
