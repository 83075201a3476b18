package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

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
