package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.storage.FileStorage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {
  @TempDir private Path folder;

  @Test
  void what_looks_wrong_in_the_file_is_logged_at_the_start() throws Exception {
    Path file = folder.resolve("onex.yaml");
    Files.writeString(
        file,
        """
        integrations:
          jaeger:
            agent_host: 127.0.0.1
            agent_port: 6831
        """);
    try (LoggedLines lines = new LoggedLines();
        Serving serving = new Serving(options(file))) {
      assertThat(serving.gateway().port()).isPositive();
      assertThat(lines.text())
          .contains("onex.yaml:4:5: warning: integrations.jaeger.agent_port: port 6831");
    }
  }

  @Test
  void a_port_in_use_is_told_and_the_data_folder_is_given_back() throws Exception {
    Path other = folder.resolve("other");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> words =
          List.of("--data", other.toString(), "--listen", "127.0.0.1:" + taken.getLocalPort());
      assertThatThrownBy(() -> new Serving(ServeOptions.parse(words)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use")
          .hasMessageContaining("--listen");
    }
    FileStorage.open(other).close();
  }

  @Test
  void a_data_folder_that_cannot_be_used_is_told_with_the_reason() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new Serving(ServeOptions.parse(List.of("--data", file.toString()))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it is a file, not a folder");
  }

  @Test
  void a_misspelt_option_is_told_with_the_one_that_was_meant() {
    assertThatThrownBy(() -> ServeOptions.parse(List.of("--confg", "x")))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no option --confg; did you mean --config?");
  }

  @Test
  void what_is_printed_names_the_command_that_reaches_this_very_gateway() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    List<String> words =
        List.of("--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0");
    try (Serving serving = new Serving(ServeOptions.parse(words))) {
      serving.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("(or: onex status --gateway " + serving.address() + ")");
    }
  }

  private ServeOptions options(Path file) throws UsageException {
    return ServeOptions.parse(
        List.of(
            "--config",
            file.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--listen",
            "127.0.0.1:0"));
  }
}
