package io.onex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What answers is no gateway: a proxy's page, a portal, another program. Every command that asks
/// says so at once, and believes none of it.
class ForeignAnswerTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  /// Status, type and body.
  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign(200, "text/html", "<html><body>Sign in</body></html>"),
          new Foreign(200, "text/html", "x".repeat(100_000)),
          new Foreign(200, "application/json", "{\"status\":\"ok\"}"),
          new Foreign(200, "application/json", "[]"),
          new Foreign(200, "application/json", "null"),
          new Foreign(200, "application/json", "7"),
          new Foreign(200, "text/plain", "OK"),
          new Foreign(200, "application/json", "{\"id\":1,"),
          new Foreign(204, "", ""),
          new Foreign(302, "text/html", "<a href=/login>"));

  private final ScriptedGateway gateway = new ScriptedGateway(this::answer);
  private Foreign foreign = FOREIGN.getFirst();
  private String begun = "";

  @TempDir private Path folder;

  record Foreign(int status, String type, String body) {}

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean begins = exchange.getRequestMethod().equals("POST") && !begun.isEmpty();
    exchange.getResponseHeaders().set("Content-Type", begins ? "application/json" : foreign.type());
    ScriptedGateway.send(
        exchange, begins ? 202 : foreign.status(), begins ? begun : foreign.body());
  }

  static Stream<Arguments> commands() {
    return Stream.of(
            "status",
            "why x",
            "tap",
            "dead-letters list",
            "dead-letters show x",
            "dead-letters replay -d elk",
            "replay -d elk -F 2h",
            "replay -d elk -F 2h -D",
            "replay -d elk -F 2h -n",
            "replay list",
            "replay cancel 7",
            "emit FILE")
        .flatMap(command -> FOREIGN.stream().map(foreign -> Arguments.of(command, foreign)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void it_is_an_error_that_says_what_to_do(String command, Foreign answer) {
    foreign = answer;
    assertThat(run(command)).isEqualTo(1);
    if (!command.startsWith("emit")) {
      assertThat(gateway.err.toString()).contains("--gateway");
    }
    assertThat(gateway.err.toString().length()).isLessThan(1_000);
  }

  static Stream<Foreign> answers() {
    return FOREIGN.stream();
  }

  /// The gateway went, and something else answers in its place.
  @ParameterizedTest
  @MethodSource("answers")
  void a_replay_that_began_is_not_waited_for_for_ever(Foreign answer) {
    foreign = answer;
    begun = "{\"id\":4,\"state\":\"running\",\"destination\":\"elk\"}";
    assertThat(run("replay -d elk -F 2h")).isEqualTo(1);
    assertThat(gateway.err.toString()).contains("no onex gateway").contains("--gateway");
  }

  private int run(String command) {
    return Assertions.assertTimeoutPreemptively(
        AT_ONCE, () -> gateway.run(ScriptedGateway.words(command, folder)));
  }
}
