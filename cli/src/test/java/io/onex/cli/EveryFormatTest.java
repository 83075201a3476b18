package io.onex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every command, in every format: where a gateway answers something, something is printed.
class EveryFormatTest {
  private static final String LETTER =
      """
      {"id":"elk-7","reason":"mapping","attempts":3,"body":{"node_id":"n, 1"},"detail":null}\
      """;

  private final ScriptedGateway gateway = new ScriptedGateway(this::answer);
  private String answer = "";

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    ScriptedGateway.send(exchange, 200, answer + "\n");
  }

  @ParameterizedTest
  @MethodSource("io.onex.cli.HostileAnswerTest#commands")
  void what_is_answered_is_printed(String command, String format) throws IOException {
    answer =
        """
        {"type":"NODE_START","node_id":"marked","id":7,"state":"completed","replayed":5,"total":5,\
        "destination":"marked","accepted":1,"rejected":[],"matched":5,"ended_at":"2026-01-01T10:00:00Z",\
        "destinations":[{"name":"marked"}],"items":[{"id":"marked","destination":"marked"}]}\
        """;
    List<String> words = ScriptedGateway.words(command, folder);
    words.add("--format=" + format);
    assertThat(gateway.run(words)).as(gateway.err.toString()).isIn(0, 6);
    assertThat(gateway.err.toString()).isEmpty();
    // Some sentences for people tell of the number and of words of the command only.
    if (!format.equals("human") || !command.matches(".* -[nD]")) {
      assertThat(gateway.out.toString())
          .contains(command.startsWith("emit") ? "accepted" : "marked");
    }
    assertThat(gateway.out.toString()).isNotBlank();
  }

  @Test
  void a_dead_letter_is_a_row_for_each_of_its_members() {
    answer = LETTER;
    assertThat(gateway.run(show("--format=csv"))).isZero();
    assertThat(gateway.out.toString())
        .isEqualTo(
            """
            FIELD,VALUE
            id,elk-7
            reason,mapping
            attempts,3
            body,"{""node_id"":""n, 1""}"
            detail,-
            """
                .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=table", "--format=human --quiet"})
  void a_dead_letter_is_a_table_for_people(String options) {
    answer = LETTER;
    assertThat(gateway.run(show(options.split(" ")))).isZero();
    assertThat(gateway.out.toString().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "FIELD|VALUE",
            "id|elk-7",
            "reason|mapping",
            "attempts|3",
            "body|{\"node_id\":\"n, 1\"}",
            "detail|-");
  }

  private static List<String> show(String... options) {
    List<String> words = new ArrayList<>(List.of("dead-letters", "show", "elk-7", "--no-color"));
    words.addAll(List.of(options));
    return words;
  }
}
