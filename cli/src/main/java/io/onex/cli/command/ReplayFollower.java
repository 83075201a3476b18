package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.cli.http.GatewayClient;
import io.onex.cli.http.GatewayException;
import io.onex.output.Format;
import io.onex.output.Outcome;
import io.onex.output.Printable;
import io.onex.output.Result;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Waits for the end of a replay, showing how far it is, and says how it ended.
///
/// @param detach whether to say only that it was taken on
record ReplayFollower(GatewayOptions options, boolean detach) {
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  /// What the answers say of every replay.
  static final String REPLAY = "state";

  Result follow(JsonNode begun) throws GatewayException, InterruptedException {
    if (detach) {
      String message =
          "replay %s is taken on; `onex replay list` shows how far it is".formatted(id(begun));
      return new Result(Outcome.SUCCESS, List.of(message), List.of(), begun, List.of());
    }
    GatewayClient client = options.client();
    JsonNode replay = begun;
    Duration look = SHORTEST_LOOK;
    String shown = "";
    while (isOpen(replay)) {
      String line = progress(replay);
      if (!line.equals(shown)) {
        show(line);
        shown = line;
      }
      Thread.sleep(look);
      look = look.multipliedBy(2).compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look.multipliedBy(2);
      replay = client.get("/onex/v1/replay/" + id(begun), REPLAY);
    }
    return result(replay);
  }

  private void show(String line) {
    if (options.format() == Format.HUMAN && !options.quiet()) {
      PrintWriter err = options.commandLine().getErr();
      err.println(Printable.text(line));
      err.flush();
    }
  }

  static boolean isOpen(JsonNode replay) {
    return !replay.has("ended_at");
  }

  /// How a replay stands or ended, with the exit code for it: 0 when all arrived, 3 when the system
  /// refused some or they were gone, 4 when there was nothing to send or it was cancelled, 1 when
  /// it failed.
  static Result result(JsonNode replay) {
    long missed =
        replay.path("refused").asLong()
            + replay.path("expired").asLong()
            + replay.path("lost").asLong();
    boolean nothing =
        replay.path("state").asText().equals("completed")
            && missed + replay.path("replayed").asLong() == 0;
    List<String> messages =
        List.of(progress(replay) + (nothing ? "; there was nothing to send" : ""));
    Outcome outcome =
        switch (replay.path("state").asText()) {
          case "failed" -> Outcome.ERROR;
          case "cancelled" -> Outcome.SKIPPED;
          case "completed" ->
              missed > 0
                  ? Outcome.PARTIAL
                  : replay.path("replayed").asLong() > 0 ? Outcome.SUCCESS : Outcome.SKIPPED;
          default -> Outcome.SUCCESS;
        };
    List<String> errors =
        switch (outcome) {
          case ERROR ->
              List.of("replay " + id(replay) + " failed: " + replay.path("failure").asText());
          case PARTIAL -> List.of(missed(replay));
          default -> List.of();
        };
    return new Result(outcome, messages, errors, replay, List.of());
  }

  private static String missed(JsonNode replay) {
    return String.format(
        Locale.ROOT,
        "%,d were refused%s, %,d had expired, %,d were in damaged blocks",
        replay.path("refused").asLong(),
        replay.has("refused_for") ? " (" + replay.path("refused_for").asText() + ")" : "",
        replay.path("expired").asLong(),
        replay.path("lost").asLong());
  }

  private static String progress(JsonNode replay) {
    String waiting = replay.path("waiting_for").asText("");
    return String.format(
        Locale.ROOT,
        "replay %s to %s %s: %s%,d delivered again%s",
        id(replay),
        replay.path("destination").asText(),
        replay.path("state").asText(),
        done(replay),
        replay.path("replayed").asLong(),
        waiting.isEmpty() ? "" : "; the destination says " + waiting);
  }

  /// Ids of dead letters run through all destinations: how many lie between two says nothing.
  private static String done(JsonNode replay) {
    return replay.path("of").asText().equals("dead_letters")
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d of %,d done, ",
            replay.path("done").asLong(),
            replay.path("total").asLong());
  }

  private static String id(JsonNode replay) {
    return replay.path("id").asText();
  }
}
