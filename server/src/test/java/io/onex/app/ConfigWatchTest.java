package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.config.ConfigLoader;
import io.onex.config.Loaded;
import io.onex.delivery.IntegrationCatalog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private volatile Loaded latest =
      new ConfigLoader(IntegrationCatalog.load().kinds(), name -> Optional.empty())
          .read("", "", Path.of(""));

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

  /// Something that can stand where the configuration file was.
  private interface Shape {
    void make(Path file) throws Exception;
  }

  @Test
  void whatever_stands_in_place_of_the_file_is_an_error_and_a_good_file_is_taken_afterwards()
      throws Exception {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("sequences nested 50 000 deep", file -> write("a: " + "[".repeat(50_000)));
    shapes.put("mappings nested 50 000 deep", file -> write("a: " + "{b: ".repeat(50_000)));
    shapes.put("dashes nested 50 000 deep", file -> write("a:\n  " + "- ".repeat(50_000)));
    shapes.put("keys nested 50 000 deep", file -> write("? ".repeat(50_000)));
    shapes.put(
        "a pipe",
        file ->
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero());
    shapes.put("a folder", Files::createDirectory);
    shapes.put("a device", file -> Files.createSymbolicLink(file, Path.of("/dev/zero")));
    shapes.put(
        "a device without bytes", file -> Files.createSymbolicLink(file, Path.of("/dev/null")));
    shapes.put(
        "a socket",
        file ->
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(file)));
    shapes.put(
        "a file of 1 GiB",
        file -> {
          try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
          }
        });
    if (Files.isReadable(Path.of("/proc/kmsg"))) {
      shapes.put(
          "what looks like a file and never ends",
          file -> Files.createSymbolicLink(file, Path.of("/proc/kmsg")));
    }
    shapes.put("bytes that are no text", file -> Files.write(file, new byte[] {-1, -2, 0, 3}));
    shapes.put(
        "a secret in a pipe",
        file -> {
          Path pipe = folder.resolve("secret");
          assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
          write(ONE + "    headers: {X-Key: '${file:secret}'}\n");
        });
    Path file = write(ONE);
    try (GatewayUnderTest gateway = new GatewayUnderTest(folder, ONE);
        ConfigWatch watch = ConfigWatch.start(file, this::load, gateway.gateway())) {
      for (Map.Entry<String, Shape> shape : shapes.entrySet()) {
        int before = loads.get();
        Files.delete(file);
        shape.getValue().make(file);
        watch.ask();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(loads.get()).as(shape.getKey()).isGreaterThan(before));
        assertThat(latest.hasErrors()).as(shape.getKey()).isTrue();
        assertThat(latest.problems().toString()).as(shape.getKey()).doesNotContain("Exception");
        assertThat(destinations(gateway)).as(shape.getKey()).isEqualTo(1);
      }
      Files.delete(file);
      write(TWO);
      watch.ask();
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
    latest = loaded;
    loads.incrementAndGet();
    return loaded;
  }

  private static int destinations(GatewayUnderTest gateway) throws Exception {
    return gateway.get("/onex/v1/status").get("destinations").size();
  }
}
