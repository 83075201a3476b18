package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.onex.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to any one kind of file in a data folder, the gateway starts with it, takes an
/// event, delivers it, and its ledgers balance; and it starts once more with what it made of it.
class DamagedKindsTest {
  private static final long SEED = Long.getLong("onex.seed", System.nanoTime());

  /// How a file may be found.
  private enum Damage {
    EMPTIED,
    CUT,
    FLIPPED,
    FOREIGN,
    LENGTHENED
  }

  /// What is no file and may stand in the place of one.
  private enum Odd {
    PIPE,
    FOLDER,
    LINK_TO_NOTHING,
    DEVICE
  }

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void every_kind_of_file_may_be_damaged() throws Exception {
    System.out.println("DamagedKindsTest: seed " + SEED);
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Path template = template(logs);
    Map<String, Path> kinds = kinds(template.resolve("data"));
    assertThat(kinds.keySet()).as("kinds of files").hasSizeGreaterThan(15);
    int number = 0;
    for (Map.Entry<String, Path> kind : kinds.entrySet()) {
      Path life = folder.resolve("life-" + number++);
      copy(template.resolve("data"), life.resolve("data"));
      Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
      damage(life.resolve("data").resolve(kind.getValue()), damage);
      survive(life, logs, 2, kind.getValue() + " " + damage + ", seed " + SEED);
    }
  }

  @Test
  void something_that_is_no_file_may_stand_in_the_place_of_every_kind() throws Exception {
    System.out.println("DamagedKindsTest: seed " + SEED);
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Path template = template(logs);
    Map<String, Path> kinds = kinds(template.resolve("data"));
    kinds.remove(FileStorage.LOCK_FILE);
    assertThat(kinds.keySet()).as("kinds of files").hasSizeGreaterThan(15);
    for (Path kind : kinds.values()) {
      Odd odd = Odd.values()[random.nextInt(Odd.values().length)];
      Path life = folder.resolve("odd-" + kind.toString().replace('/', '-'));
      copy(template.resolve("data"), life.resolve("data"));
      replace(life.resolve("data").resolve(kind), odd);
      String what = kind + " " + odd + ", seed " + SEED;
      assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> survive(life, logs, 1, what), "hangs with " + what);
    }
  }

  private static void replace(Path file, Odd odd) throws Exception {
    Files.delete(file);
    switch (odd) {
      case PIPE ->
          assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      case FOLDER -> Files.writeString(Files.createDirectory(file).resolve("within"), "kept");
      case LINK_TO_NOTHING -> Files.createSymbolicLink(file, file.resolveSibling("nothing/here"));
      case DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }
  }

  private Path template(Path logs) throws Exception {
    Path template = Files.createDirectories(folder.resolve("template"));
    Files.writeString(logs.resolve("app.log"), "{\"level\":\"info\",\"message\":\"one\"}\n");
    GoldenFolder.of("level0").unpack(template.resolve("data"));
    try (CountingSink sink = new CountingSink();
        TestGateway gateway = new TestGateway(template, Map.of())) {
      gateway.start(configuration(sink, logs));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(gateway.destination("documents").get("pending").asLong()).isZero());
    }
    return template;
  }

  private static void survive(Path life, Path logs, int starts, String what) throws Exception {
    for (int start = 0; start < starts; start++) {
      String id = "after-damage-" + start;
      try (CountingSink sink = new CountingSink();
          TestGateway gateway = new TestGateway(life, Map.of())) {
        try {
          gateway.start(configuration(sink, logs));
        } catch (IOException | RuntimeException | Error e) {
          throw new AssertionError("does not start with " + what, e);
        }
        gateway.accept(
            "{\"event_id\":\"%s\",\"event_type\":\"NODE_HEARTBEAT\",\"node_id\":\"n\"}"
                .formatted(id),
            "durable");
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(sink.distinct().keySet()).as(what).contains(id));
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() ->
                assertThat(gateway.destination("documents").get("balanced").asBoolean())
                    .as("%s: %s", what, gateway.destination("documents"))
                    .isTrue());
        assertThat(gateway.get("/health").statusCode()).as(what).isEqualTo(200);
      }
    }
  }

  /// One file for each name but for its numbers.
  private static Map<String, Path> kinds(Path data) throws IOException {
    Map<String, Path> kinds = new TreeMap<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        Path name = data.relativize(file);
        // The last of its kind: the newest is what a start reads most of.
        kinds.put(name.toString().replaceAll("[0-9a-f]{8,}", "N"), name);
      }
    }
    return kinds;
  }

  private void damage(Path file, Damage damage) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] damaged =
        switch (damage) {
          case EMPTIED -> new byte[0];
          case CUT -> Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length));
          case FLIPPED -> flipped(bytes);
          case FOREIGN -> foreign(Math.max(1, bytes.length));
          case LENGTHENED -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(5000));
        };
    Files.write(file, damaged);
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int i = 0; i < 8 && bytes.length > 0; i++) {
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] foreign(int length) {
    byte[] foreign = new byte[length];
    random.nextBytes(foreign);
    return foreign;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static String configuration(CountingSink sink, Path logs) {
    return """
    integrations:
      documents: {kind: elk, logstash_url: "%s", from: end, batch: {max_age: 20ms}}
    log: {segment_size: 128KiB}
    sources:
      files:
        - paths: ["%s/*.log"]
    """
        .formatted(sink.url(), logs);
  }
}
