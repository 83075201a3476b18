package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.onex.storage.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody is told that a gateway is ready before all its sources have been opened.
class OpenedSourcesTest {
  private static final String SOURCES =
      "sources:\n  files:\n    - paths: ['/nowhere/a.log']\n    - paths: ['/nowhere/b.log']\n";

  @TempDir private Path folder;

  @Test
  void it_is_not_ready_while_a_source_is_being_opened() throws Exception {
    try (LoggedLines logged = new LoggedLines();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway
          .storage()
          .inject(Fault.always(Fault.Operation.LOOK, Fault.Kind.HANG).on("sources/files-1"));
      CompletableFuture<Void> start =
          CompletableFuture.runAsync(() -> {
            try {
              gateway.start(SOURCES);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      await().until(() -> gateway.storage().injected() > 0);
      await()
          .during(Duration.ofMillis(300))
          .untilAsserted(() -> assertThat(logged.text()).doesNotContain("\"Ready\""));
      assertThat(start).isNotDone();
      gateway.storage().heal();
      start.join();
      await().untilAsserted(() -> assertThat(logged.text()).contains("\"Ready\""));
    }
  }

  @Test
  void it_is_never_ready_when_the_last_source_cannot_be_opened() throws Exception {
    Path positions = folder.resolve("data/sources/files-1/positions");
    try (LoggedLines logged = new LoggedLines();
        TestGateway gateway = new TestGateway(folder, Map.of())) {
      Files.createDirectories(positions.getParent());
      Files.writeString(positions, newer());
      assertThatThrownBy(() -> gateway.startUnready(SOURCES))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("sources/files-1/positions")
          .hasMessageContaining("newer program");
      assertThat(logged.text()).doesNotContain("\"Ready\"");
      Files.delete(positions);
      gateway.start(SOURCES);
      await().untilAsserted(() -> assertThat(logged.text()).contains("\"Ready\""));
    }
  }

  private static String newer() {
    String text = "onex file positions 999\n";
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + Long.toHexString(crc.getValue()) + "\n";
  }
}
