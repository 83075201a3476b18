package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a gateway does whose data folder, or a file of it, is taken away while it runs.
class DataFolderTest {
  @TempDir private Path folder;
  private final NumberedEvents events = new NumberedEvents(5);

  @Test
  void nothing_is_acknowledged_into_a_folder_that_is_gone_and_all_goes_on_when_it_is_back()
      throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.start("integrations: {}\n");
      String before = accepted(gateway);
      Path aside = folder.resolve("aside");
      Files.move(gateway.data(), aside);
      assertThat(gateway.post(events.next(1), "durable").statusCode()).isEqualTo(503);
      assertThat(gateway.get("/ready").statusCode()).isEqualTo(503);
      assertThat(gateway.get("/onex/v1/status").body()).contains("was removed or replaced while");

      Files.move(aside, gateway.data());
      await()
          .untilAsserted(() ->
              assertThat(gateway.post(events.next(1), "durable").statusCode()).isEqualTo(202));
      String after = accepted(gateway);
      assertThat(gateway.get("/ready").statusCode()).isEqualTo(200);
      gateway.stop();
      gateway.start("integrations: {}\n");
      for (String id : List.of(before, after)) {
        assertThat(gateway.get("/onex/v1/why/" + id).statusCode()).as(id).isEqualTo(200);
      }
    }
  }

  @Test
  void an_open_segment_that_is_removed_or_replaced_takes_no_acknowledged_event() throws Exception {
    try (TestGateway gateway = new TestGateway(folder, Map.of())) {
      gateway.start("integrations: {}\n");
      accepted(gateway);
      for (boolean replaced : List.of(false, true)) {
        Path segment = newestSegment(gateway.data().resolve("log"));
        if (replaced) {
          Path copy = Files.copy(segment, folder.resolve("copy"));
          Files.move(copy, segment, StandardCopyOption.REPLACE_EXISTING);
        } else {
          Files.delete(segment);
        }
        assertThat(gateway.post(events.next(1), "durable").statusCode()).isEqualTo(503);
        String after = accepted(gateway);
        gateway.stop();
        gateway.start("integrations: {}\n");
        assertThat(gateway.get("/onex/v1/why/" + after).statusCode()).isEqualTo(200);
      }
    }
  }

  private String accepted(TestGateway gateway) throws Exception {
    String sent = events.next(1);
    gateway.accept(sent, "durable");
    return NumberedEvents.ids(sent).getFirst();
  }

  private static Path newestSegment(Path log) throws Exception {
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList().getLast();
    }
  }
}
