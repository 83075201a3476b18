package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.config.ConfigLoader;
import io.onex.config.Loaded;
import io.onex.delivery.IntegrationCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
  private static final String LISTEN = "server:\n  listeners: ['127.0.0.1:0']\n";
  private static final String ONE =
      "integrations:\n  one:\n    kind: zipkin\n    url: http://127.0.0.1:9\n";
  private static final String TWO = ONE + "  two:\n    kind: zipkin\n    url: http://127.0.0.1:9\n";

  @TempDir private Path folder;
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void a_changed_file_is_applied_without_being_asked() throws Exception {
    Path file = write(ONE);
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, ONE);
        ConfigWatch _ = ConfigWatch.start(file, this::load, gateway.gateway())) {
      write(TWO);
      await().untilAsserted(() -> assertThat(destinations(gateway)).isEqualTo(2));
    }
  }

  @Test
  void an_invalid_file_leaves_the_configuration_in_force_and_a_good_one_is_taken_later()
      throws Exception {
    Path file = write(ONE);
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, ONE);
        ConfigWatch watch = ConfigWatch.start(file, this::load, gateway.gateway())) {
      write(TWO + "nonsense: 1\n");
      watch.ask();
      await().untilAsserted(() -> assertThat(loads.get()).isPositive());
      assertThat(destinations(gateway)).isEqualTo(1);
      write(TWO);
      watch.ask();
      await().untilAsserted(() -> assertThat(destinations(gateway)).isEqualTo(2));
    }
  }

  @Test
  void a_file_that_is_gone_for_a_moment_changes_nothing() throws Exception {
    Path file = write(ONE);
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, ONE);
        ConfigWatch watch = ConfigWatch.start(file, this::load, gateway.gateway())) {
      Files.delete(file);
      watch.ask();
      await().untilAsserted(() -> assertThat(loads.get()).isPositive());
      assertThat(destinations(gateway)).isEqualTo(1);
      write(TWO);
      await().untilAsserted(() -> assertThat(destinations(gateway)).isEqualTo(2));
    }
  }

  @Test
  void sighup_runs_what_was_asked_for_and_does_not_end_the_process() throws Exception {
    AtomicInteger signals = new AtomicInteger();
    Signals.onHangUp(signals::incrementAndGet);
    Process kill =
        new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid())).start();
    assertThat(kill.waitFor()).isZero();
    await().untilAsserted(() -> assertThat(signals.get()).isEqualTo(1));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("onex.yaml"), LISTEN + yaml);
  }

  private Loaded load(Path file) {
    Loaded loaded =
        new ConfigLoader(IntegrationCatalog.load().kinds(), name -> Optional.empty()).load(file);
    loads.incrementAndGet();
    return loaded;
  }

  private static int destinations(GatewayUnderTest gateway) throws Exception {
    return gateway.get("/onex/v1/status").get("destinations").size();
  }
}
