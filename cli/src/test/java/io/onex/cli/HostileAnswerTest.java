package io.onex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command, in every format, against a gateway whose every text is hostile.
class HostileAnswerTest {
  /// Title of the window, C1, BEL, a reversed line, a line of its own, and a formula.
  private static final String BAD =
      "=1\\u001b]0;t\\u0007\\u009b31m\\u202ex\\u2066\\r\\n\\tonex: fine\\u200b\\u2028\\ud800";

  private static final Pattern RAW =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Cn}&&[^\\n]]");

  private final ScriptedGateway gateway = new ScriptedGateway(this::answer);
  private int status = 200;
  private boolean plain;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String text =
        status == 200 && path.endsWith("/tap") ? tapped() : body(exchange.getRequestMethod(), path);
    ScriptedGateway.send(exchange, status, plain ? "\u001b[2J\u009b\u202e" : text);
  }

  private static String tapped() {
    return hostile("{'type':'BAD','node_id':'BAD','event_id':'BAD','event_time':'BAD'}")
        + "\n"
        + hostile("{'missed':'BAD'}")
        + "\n";
  }

  /// All that any command reads, in one object.
  private static String body(String method, String path) {
    String item =
        "{'id':'BAD','at':'BAD','name':'BAD','destination':'BAD','reason':'BAD','type':'BAD',"
            + "'node_id':'BAD','detail':'BAD','state':'paused','outcome':'BAD','event_id':'BAD',"
            + "'of':'BAD','waiting_for':'BAD','breaker':'BAD','BAD':'BAD','balanced':false}";
    boolean begun = method.equals("POST") && path.endsWith("replay");
    return hostile(
        "{'message':'BAD','hint':'BAD','version':'BAD','type':'BAD','node_id':'BAD','source':'BAD',"
            + "'ingest_time':'BAD','position':'BAD','operation':{'outcome':'BAD','event_id':'BAD',"
            + "'position':'BAD'},'conflicting':[{'position':'BAD','event_id':'BAD'}],"
            + "'pending_restart':['BAD'],'stuck':[{'name':'BAD','reason':'BAD'}],"
            + "'log':{'available':false,'problems':['BAD']},'destinations':["
            + item
            + "],'items':["
            + item
            + "],'pending':['BAD'],'rejected':[{'index':0,'code':'BAD','field':'BAD','message':'BAD'}],"
            + "'accepted':1,'matched':1,'id':7,'destination':'BAD','waiting_for':'BAD','state':'failed',"
            + "'failure':'BAD','BAD':'BAD','refused':1,'refused_for':'BAD'"
            + (begun ? "" : ",'ended_at':'BAD'")
            + "}");
  }

  private static String hostile(String body) {
    String name = BAD.replace("\\ud800", ""); // which no parser takes in a name
    return body.replace('\'', '"').replace("\"BAD\":", "\"" + name + "\":").replace("BAD", BAD);
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
        .flatMap(command ->
            Stream.of("human", "table", "csv", "json", "yaml")
                .map(format -> Arguments.of(command, format)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void what_is_answered_never_reaches_the_terminal_raw(String command, String format)
      throws IOException {
    run(command, format);
    boolean says = !command.endsWith("-n") && !command.endsWith("-D");
    if (says || !format.equals("human")) {
      assertThat(gateway.out.toString() + gateway.err).containsIgnoringCase("\\u202e");
    }
    assertPrintable(format);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void an_error_answer_never_reaches_the_terminal_raw(String command, String format)
      throws IOException {
    status = 400;
    if (!command.startsWith("emit")) {
      assertThat(run(command + " --debug", format)).isEqualTo(1);
      assertThat(gateway.err.toString()).contains("onex: =1\\u001b]0;").contains("\\u202ex");
    }
    plain = true;
    assertThat(run(command, format)).isEqualTo(1);
    assertThat(gateway.err.toString()).contains("\\u001b[2J\\u009b\\u202e");
    assertPrintable(format);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void words_of_the_command_line_are_told_printably(String command, String format)
      throws IOException {
    assertThat(run(command + " --no\u001b[2J\u202e", format)).isEqualTo(1);
    assertThat(run(command + " --gateway a\u001b[2J", format)).isEqualTo(1);
    assertPrintable(format);
  }

  private int run(String command, String format) throws IOException {
    List<String> words = ScriptedGateway.words(command, folder);
    words.add("--format=" + format);
    return words.contains("--gateway")
        ? gateway.runPlainly(words.toArray(String[]::new))
        : gateway.run(words);
  }

  private void assertPrintable(String format) {
    String printed =
        format.equals("csv")
            ? gateway.out.toString().replace("\r\n", "\n")
            : gateway.out.toString();
    assertThat(
            RAW.matcher(printed + gateway.err)
                .results()
                .map(raw -> (int) raw.group().charAt(0))
                .toList())
        .isEmpty();
  }
}
