package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void verify_is_0_for_a_whole_log_and_counts_its_records() throws Exception {
    fill();
    assertThat(run("verify")).isZero();
    assertThat(printed()).contains("every block is whole").containsPattern("positions 0 to \\d+");
  }

  @Test
  void verify_is_2_when_a_byte_is_flipped_and_says_what_is_lost() throws Exception {
    fill();
    assertThat(run("inspect", "--limit", "0")).isZero();
    String name = lines("positions 0 to ").getFirst().split("  ", -1)[0];
    Path segment = folder.resolve("data").resolve(name);
    written.reset();
    byte[] bytes = Files.readAllBytes(segment);
    // Within the first block, behind its header.
    bytes[120] ^= 0x10;
    Files.write(segment, bytes);
    assertThat(run("verify")).isEqualTo(2);
    assertThat(printed()).containsPattern("positions? lost").doesNotContain("every block is whole");
    assertThat(Files.readAllBytes(segment)).as("nothing is repaired").isEqualTo(bytes);
  }

  @Test
  void inspect_lists_segments_and_records_from_a_position_up_to_a_limit() throws Exception {
    fill();
    assertThat(run("inspect")).isZero();
    assertThat(printed()).contains("positions 0 to ").contains("a-start").contains("NODE_START");
    assertThat(lines("a-start")).hasSize(1);
    String position = lines("b-start").getFirst().split(" ", -1)[0];
    written.reset();
    assertThat(run("inspect", "--from", position, "--limit=1")).isZero();
    assertThat(printed()).contains("b-start").doesNotContain("a-start").doesNotContain("b-end");
  }

  @Test
  void verify_for_programs_holds_the_counts_and_what_is_damaged() throws Exception {
    fill();
    assertThat(run("verify", "--format", "json")).isZero();
    long records = data().path("records").asLong();
    assertThat(records).isPositive().isEqualTo(data().path("end").asLong());
    written.reset();
    run("inspect", "--limit", "0", "--format", "json");
    Path segment = folder.resolve("data").resolve(data().at("/segments/0/file").asText());
    byte[] bytes = Files.readAllBytes(segment);
    bytes[120] ^= 0x10;
    Files.write(segment, bytes);
    written.reset();
    assertThat(run("verify", "--format=json", "--format", "json")).isEqualTo(2);
    assertThat(data().at("/problems/0/kind").asText()).isEqualTo("damaged_block");
    assertThat(data().path("positions_lost").asLong()).isPositive();
    assertThat(printed()).contains("\"status\" : \"warning\"");
  }

  @Test
  void inspect_has_the_records_as_json_and_as_rows() throws Exception {
    fill();
    assertThat(run("inspect", "--limit", "1", "--format", "json")).isZero();
    assertThat(data().path("records")).hasSize(1);
    JsonNode first = data().at("/records/0");
    assertThat(first.path("position").isNumber()).isTrue();
    written.reset();
    assertThat(run("inspect", "--limit", "1", "--format", "csv")).isZero();
    assertThat(printed().lines())
        .hasSize(2)
        .first()
        .isEqualTo("POSITION,INGEST TIME,KIND,TYPE,EVENT ID,BODY BYTES");
    assertThat(printed())
        .contains("0," + first.path("ingest_time").asText() + "," + first.path("kind").asText());
    assertThatThrownBy(() -> run("inspect", "--limit", "100001", "--format", "yaml"))
        .hasMessageContaining("--limit is at most 100000");
  }

  @Test
  void whoever_reads_documents_gets_one_of_a_failure_too() throws Exception {
    assertThatThrownBy(() -> run("verify", "--format", "json")).isInstanceOf(UsageException.class);
    JsonNode answer = new ObjectMapper().readTree(printed());
    assertThat(answer.path("status").asText()).isEqualTo("error");
    assertThat(answer.at("/errors/0").asText()).startsWith("there is no data folder");
  }

  @Test
  void a_folder_that_is_missing_or_in_use_is_told_with_what_to_do() throws Exception {
    assertThatThrownBy(() -> run("verify"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("use --data DIR");
    try (GatewayUnderTest _ = new GatewayUnderTest(folder, "")) {
      assertThatThrownBy(() -> run("verify"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("is in use");
    }
    assertThatThrownBy(() -> run("inspect", "--from", "start"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--from needs a number");
  }

  @Test
  void a_folder_without_a_log_is_told_and_left_as_it_is() throws Exception {
    Path other = Files.createDirectory(folder.resolve("data"));
    assertThatThrownBy(() -> run("verify"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no log in " + other);
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void a_misspelt_command_is_told_before_any_folder_is_touched() {
    assertThatThrownBy(() -> run("verfy"))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no onex log verfy; did you mean verify?");
  }

  @Test
  void an_id_is_shown_and_not_obeyed() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, "")) {
      gateway.take(GatewayUnderTest.operation("=\u202e\u009b2J"), "durable");
    }
    for (String format : List.of("human", "table", "csv", "json", "yaml")) {
      written.reset();
      assertThat(run("inspect", "--format", format)).isZero();
      assertThat(printed()).containsPattern("u202e.(u00|x)9b2J").doesNotContain("\u009b", "\u202e");
    }
  }

  @Test
  void help_is_printed_for_whoever_asks() throws Exception {
    assertThat(run("--help")).isZero();
    assertThat(printed()).contains("onex log inspect [--data DIR]").contains("--limit N");
  }

  private void fill() throws Exception {
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, "")) {
      gateway.take(GatewayUnderTest.operation("a"), "durable");
      gateway.take(GatewayUnderTest.operation("b"), "durable");
    }
  }

  private int run(String command, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--data", folder.resolve("data").toString()));
    words.addAll(List.of(more));
    if (!words.contains("--format")) {
      words.addAll(List.of("-f", "human"));
    }
    PrintWriter out = new PrintWriter(written, true, StandardCharsets.UTF_8);
    return LogCommand.run(words, out, out);
  }

  private JsonNode data() throws Exception {
    return new ObjectMapper().readTree(printed()).path("metadata");
  }

  private String printed() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private List<String> lines(String part) {
    return printed().lines().filter(line -> line.contains(part)).toList();
  }
}
