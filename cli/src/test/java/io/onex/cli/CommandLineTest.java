package io.onex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command against a scripted gateway on a real socket.
class CommandLineTest {
  private record Scripted(int status, String retryAfter, String body) {}

  private final Deque<Scripted> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final ScriptedGateway gateway = new ScriptedGateway(this::answer);
  private final StringWriter out = gateway.out;
  private final StringWriter err = gateway.err;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + new String(request, StandardCharsets.UTF_8));
    Scripted scripted = answers.remove();
    if (!scripted.retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", scripted.retryAfter);
    }
    ScriptedGateway.send(exchange, scripted.status, scripted.body);
  }

  private int run(String... arguments) {
    return gateway.run(List.of(arguments));
  }

  private void gatewayAnswers(int status, String body) {
    answers.add(new Scripted(status, "", body));
  }

  private JsonNode printed() throws IOException {
    return JsonMapper.builder().build().readTree(out.toString());
  }

  @Test
  void status_prints_the_ledger_as_json_with_the_outcome_around_it() throws IOException {
    gatewayAnswers(
        200, "{\"destinations\":[{\"name\":\"elk\",\"state\":\"idle\",\"delivered\":7}]}");

    assertThat(run("status", "--format", "json")).isZero();

    assertThat(printed().path("status").asText()).isEqualTo("success");
    assertThat(printed().at("/metadata/destinations/0/delivered").asInt()).isEqualTo(7);
  }

  @Test
  void a_hint_that_names_a_request_is_told_as_the_command_that_sends_it() {
    gatewayAnswers(404, "{\"message\":\"no such\",\"hint\":\"GET /onex/v1/tap shows those\"}");
    assertThat(run("why", "x", "--format", "human")).isEqualTo(1);
    gatewayAnswers(
        429, "{\"message\":\"full\",\"hint\":\"cancel them with DELETE /onex/v1/replay/{id}\"}");
    assertThat(run("replay", "list", "--format", "human")).isEqualTo(1);
    assertThat(err.toString())
        .contains("onex: no such; `onex tap` shows those")
        .contains("onex: full; cancel them with `onex replay cancel ID`");
  }

  @Test
  void status_as_csv_has_one_row_per_destination() {
    gatewayAnswers(
        200, "{\"destinations\":[{\"name\":\"a,b\",\"state\":\"idle\",\"delivered\":7}]}");

    assertThat(run("status", "--format", "csv")).isZero();

    assertThat(out.toString().lines().toList()).hasSize(2);
    assertThat(out.toString())
        .startsWith("NAME,STATE,BREAKER,ACCEPTED")
        .contains("\"a,b\",idle,-,-,7,");
  }

  @Test
  void status_for_people_leaves_out_outcomes_that_nobody_has_and_the_table_does_not() {
    String status =
        "{\"destinations\":[{\"name\":\"elk\",\"lost\":0,\"expired\":2,\"lag\":3,\"breaker\":\"open\"}]}";
    gatewayAnswers(200, status);
    assertThat(run("status", "--format", "human")).isZero();
    assertThat(out.toString()).contains("EXPIRED", "LAG", "BREAKER").doesNotContain("LOST");

    gatewayAnswers(200, status);
    assertThat(run("status", "--format", "table")).isZero();
    assertThat(out.toString()).contains("LOST");
  }

  @Test
  void status_names_settings_that_wait_for_a_restart() {
    gatewayAnswers(200, "{\"pending_restart\":[\"log.dir\"],\"destinations\":[]}");

    assertThat(run("status", "--format", "human")).isZero();
    assertThat(out.toString()).contains("changed and in force after a restart: log.dir");
  }

  @Test
  void status_warns_when_a_destination_is_paused() {
    gatewayAnswers(
        200, "{\"destinations\":[{\"name\":\"elk\",\"state\":\"paused\",\"reason\":\"401\"}]}");

    assertThat(run("status", "--format", "human")).isEqualTo(2);

    assertThat(err.toString()).contains("elk is paused: 401");
  }

  @Test
  void status_without_destinations_says_how_to_get_one() {
    gatewayAnswers(200, "{\"destinations\":[]}");

    assertThat(run("status", "--format", "human")).isZero();

    assertThat(out.toString()).contains("no destinations: ").doesNotContain("DELIVERED");
  }

  @Test
  void an_error_of_the_gateway_is_a_sentence_and_exit_code_1() {
    gatewayAnswers(404, "{\"code\":\"not_found\",\"message\":\"no record\",\"hint\":\"look\"}");

    assertThat(run("why", "evt 1/2")).isEqualTo(1);

    assertThat(err.toString().strip()).isEqualTo("onex: no record; look");
    assertThat(requests.getFirst()).startsWith("GET /onex/v1/why/evt%201%2F2 ");
  }

  @Test
  void why_sends_an_id_in_the_body_that_is_too_long_for_the_line_of_a_request() throws IOException {
    for (String letter : List.of("x", "/", "\u20ac", "\"")) {
      for (int size : List.of(1, 500, 2_048, 2_049, 20_000)) {
        gatewayAnswers(200, "{\"destinations\":[],\"type\":\"NODE_START\"}");
        requests.clear();
        String id = letter.repeat(size);

        assertThat(run("why", id)).isZero();

        String asked = URLEncoder.encode(id, StandardCharsets.UTF_8);
        JsonNode body = JsonMapper.builder().build().createObjectNode().put("id", id);
        assertThat(requests)
            .containsExactly(
                asked.length() <= 2_048
                    ? "GET /onex/v1/why/" + asked + " "
                    : "POST /onex/v1/why " + body);
      }
    }
  }

  @Test
  void without_a_gateway_the_message_says_how_to_start_one() {
    gateway.close();

    assertThat(run("status")).isEqualTo(1);

    assertThat(err.toString()).contains("no gateway answers at").contains("onex serve");
  }

  @Test
  void a_mistyped_command_gets_a_suggestion() {
    assertThat(run("statsu")).isEqualTo(1);

    assertThat(err.toString()).contains("status");
  }

  @Test
  void emit_sends_whole_lines_in_batches_and_sums_the_answers() throws IOException {
    Path file = Files.writeString(folder.resolve("e.ndjson"), "{\"a\":1}\n{\"a\":2}\n{\"a\":3}");
    gatewayAnswers(202, "{\"accepted\":2,\"duplicates\":0,\"ignored\":0,\"rejected\":[]}");
    gatewayAnswers(
        202,
        "{\"accepted\":0,\"duplicates\":0,\"ignored\":0,\"rejected\":"
            + "[{\"index\":0,\"code\":\"missing_field\",\"field\":\"node_id\",\"message\":\"no node\"}]}");

    assertThat(run("emit", file.toString(), "--batch=2", "--format=json")).isEqualTo(3);

    assertThat(requests)
        .containsExactly("POST /v1/events {\"a\":1}\n{\"a\":2}\n", "POST /v1/events {\"a\":3}");
    assertThat(printed().at("/metadata/accepted").asInt()).isEqualTo(2);
    assertThat(printed().at("/metadata/refused_lines/0/line").asInt()).isEqualTo(3);
  }

  @Test
  void emit_waits_and_sends_again_when_the_gateway_is_busy() throws IOException {
    Path file = Files.writeString(folder.resolve("e.ndjson"), "{}\n");
    answers.add(new Scripted(503, "1", "{\"code\":\"log_unavailable\",\"message\":\"disk full\"}"));
    gatewayAnswers(202, "{\"accepted\":1,\"duplicates\":0,\"ignored\":0,\"rejected\":[]}");

    assertThat(run("emit", file.toString())).isZero();

    assertThat(requests).hasSize(2);
  }

  @Test
  void emit_of_a_file_that_is_not_there_says_so() {
    assertThat(run("emit", folder.resolve("none").toString())).isEqualTo(1);

    assertThat(err.toString()).contains("there is no file");
  }

  @Test
  void dead_letters_are_delivered_again_by_id() throws IOException {
    gatewayAnswers(200, "{\"id\":4,\"state\":\"completed\",\"replayed\":1,\"ended_at\":\"t\"}");

    assertThat(run("dead-letters", "replay", "-d", "elk", "elk-1")).isZero();

    assertThat(requests.getFirst())
        .isEqualTo(
            "POST /onex/v1/dead-letters/replay {\"destination\":\"elk\",\"ids\":[\"elk-1\"]}");
  }

  @Test
  void a_dry_replay_only_counts() {
    gatewayAnswers(200, "{\"matched\":5,\"dry_run\":true}");

    assertThat(run("replay", "-d", "elk", "--from", "2h", "--dry-run", "-f", "human")).isEqualTo(6);

    assertThat(out.toString()).contains("5 records would be delivered again to elk");
  }

  @Test
  void the_exit_code_of_a_replay_tells_how_it_ended() {
    for (var ended :
        Map.of(
                "{\"state\":\"completed\",\"replayed\":9,\"refused\":0,\"ended_at\":\"t\"}", 0,
                "{\"state\":\"completed\",\"replayed\":9,\"refused\":2,\"ended_at\":\"t\"}", 3,
                "{\"state\":\"completed\",\"replayed\":0,\"refused\":0,\"ended_at\":\"t\"}", 4,
                "{\"state\":\"cancelled\",\"replayed\":9,\"ended_at\":\"t\"}", 4,
                "{\"state\":\"failed\",\"failure\":\"no luck\",\"ended_at\":\"t\"}", 1)
            .entrySet()) {
      gatewayAnswers(202, ended.getKey());
      assertThat(run("replay", "-d", "elk", "-F", "2h"))
          .as(ended.getKey())
          .isEqualTo(ended.getValue());
    }
    gatewayAnswers(202, "{\"id\":7,\"state\":\"queued\"}");
    assertThat(run("replay", "-d", "elk", "-F", "2h", "--detach")).isZero();
  }

  @Test
  void a_replay_of_dead_letters_that_are_not_there_says_that_there_was_nothing() {
    gatewayAnswers(
        202,
        "{\"id\":7,\"destination\":\"elk\",\"of\":\"dead_letters\",\"state\":\"completed\","
            + "\"total\":1,\"done\":1,\"replayed\":0,\"ended_at\":\"t\"}");
    assertThat(run("dead-letters", "replay", "-d", "elk", "-f", "human")).isEqualTo(4);
    assertThat(out.toString())
        .contains("completed: 0 delivered again; there was nothing to send")
        .doesNotContain("1 of 1");
  }

  @Test
  void a_replay_needs_a_destination_and_a_time_and_its_subcommands_do_not() {
    assertThat(run("replay", "-d", "elk")).isEqualTo(1);
    assertThat(err.toString()).contains("--from");
    gatewayAnswers(200, "{\"items\":[{\"id\":7,\"destination\":\"elk\",\"state\":\"running\"}]}");
    assertThat(run("replay", "list", "-f", "table")).isZero();
    assertThat(out.toString()).contains("running");
    gatewayAnswers(200, "{\"id\":7,\"state\":\"cancelling\"}");
    assertThat(run("replay", "cancel", "7")).isZero();
    assertThat(requests.getLast()).startsWith("DELETE /onex/v1/replay/7");
  }

  @Test
  void tap_prints_one_readable_line_per_record() {
    gatewayAnswers(
        200,
        """
        {"event_id":"e1","type":"NODE_START","node_id":"n","event_time":"t"}
        {"missed":4}
        """);

    assertThat(run("tap", "--limit=2", "--format=human", "--filter=event_type == 'NODE_START'"))
        .isZero();

    assertThat(out.toString().lines())
        .satisfiesExactly(line ->
            assertThat(line.split(" +")).containsExactly("t", "NODE_START", "n", "-", "e1"));
    assertThat(err.toString()).contains("4 records missed: read too slowly");
    assertThat(requests.getFirst()).contains("filter=event_type+%3D%3D+%27NODE_START%27");
  }

  @Test
  void tap_keeps_its_columns_in_line_whether_or_not_there_is_a_correlation_id() {
    gatewayAnswers(
        200,
        """
        {"event_id":"e1","type":"NODE_START","node_id":"n","event_time":"t"}
        {"event_id":"e2","type":"NODE_START","node_id":"n","event_time":"t","correlation_id":"c"}
        """);

    assertThat(run("tap", "--format=table")).isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("EVENT TIME  ");
    assertThat(lines.get(1).indexOf("e1"))
        .isEqualTo(lines.get(2).indexOf("e2"))
        .isEqualTo(lines.get(0).indexOf("EVENT ID"));
  }

  @Test
  void tap_prints_csv_and_yaml_when_asked() {
    String record = "{\"event_id\":\"e,1\",\"type\":\"NODE_START\",\"event_time\":\"t\"}\n";
    gatewayAnswers(200, record);
    assertThat(run("tap", "--format=csv")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "EVENT TIME,TYPE,NODE ID,CORRELATION ID,EVENT ID", "t,NODE_START,,,\"e,1\"");

    out.getBuffer().setLength(0);
    gatewayAnswers(200, record + record);
    assertThat(run("tap", "--format=yaml")).isZero();
    assertThat(out.toString().lines().filter("---"::equals)).hasSize(2);
    assertThat(out.toString()).contains("type: NODE_START");
  }

  @Test
  void a_failure_is_a_result_for_programs() throws IOException {
    gatewayAnswers(404, "{\"message\":\"no record\"}");

    assertThat(run("why", "e1", "--format=json")).isEqualTo(1);

    assertThat(printed().path("status").asText()).isEqualTo("error");
    assertThat(printed().at("/errors/0").asText()).isEqualTo("no record");
  }

  @Test
  void why_names_the_operation_and_says_when_there_is_nobody_to_deliver_to() {
    gatewayAnswers(
        200,
        "{\"type\":\"NODE_START\",\"destinations\":[],"
            + "\"operation\":{\"event_id\":\"o1\",\"position\":9,\"outcome\":\"error\"}}");

    assertThat(run("why", "e1", "--format=human")).isZero();

    assertThat(out.toString())
        .contains("its operation ended with error at position 9; what became of that: onex why o1")
        .contains("no destinations");
  }

  @Test
  void wrong_use_is_told_in_plain_words() {
    assertThat(wrong("status", "--formt", "json"))
        .isEqualTo("onex: there is no option --formt; did you mean --format?");
    assertThat(wrong("stauts", "x"))
        .isEqualTo("onex: there is no command stauts; did you mean status?");
    assertThat(wrong("why", "a", "b")).startsWith("onex: one word too many: b; see `onex why");
    assertThat(wrong("status", "-f", "xml")).contains("'xml' is none of human, table");
    assertThat(wrong("status", "-g", "ftp://h")).contains("'ftp://h' is not an address such as");
    assertThat(wrong("status", "-w", "-i", "0s")).contains("--interval is at least 100ms");
    assertThat(wrong("emit", "-", "-b", "0")).contains("--batch is a number from 1 to");
    assertThat(wrong("tap", "-l", "x")).contains("'x' is not a whole number");
    assertThat(wrong("emit", folder.toString())).contains("is a folder; name a file");
    assertThat(requests).isEmpty();
  }

  private String wrong(String... arguments) {
    err.getBuffer().setLength(0);
    int exit = gateway.runPlainly(arguments);
    assertThat(exit).as(err.toString()).isEqualTo(1);
    return err.toString().strip();
  }

  @Test
  void a_gateway_may_be_named_by_host_and_port() {
    gatewayAnswers(200, "{\"destinations\":[]}");
    String address = gateway.address();

    assertThat(gateway.runPlainly("status", "-g", address)).isZero();
  }

  @Test
  void emit_says_that_it_waits_and_what_was_not_delivered_in_time() throws IOException {
    Path events = Files.writeString(folder.resolve("events"), "{}\n");
    answers.add(new Scripted(503, "1", "{\"message\":\"the disk is full\"}"));
    gatewayAnswers(202, "{\"accepted\":1,\"rejected\":[],\"pending\":[\"elk\"]}");

    assertThat(run("emit", events.toString(), "--ack=delivered", "--format=human")).isEqualTo(2);

    assertThat(err.toString())
        .contains("the gateway is busy: the disk is full; asked again in 1 s")
        .contains("not delivered in time to elk");
  }

  @Test
  void every_command_explains_itself() {
    for (String command :
        List.of("serve", "emit", "status", "why", "tap", "dead-letters", "replay")) {
      out.getBuffer().setLength(0);
      assertThat(gateway.runPlainly("--help")).isZero();
      assertThat(out.toString()).contains(command);
    }
  }
}
