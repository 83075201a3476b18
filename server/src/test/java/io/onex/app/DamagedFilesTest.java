package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.testkit.FakeBackend.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A byte is flipped, or the end torn off, anywhere in any file of the data folder. The gateway
/// starts all the same, and what is missing afterwards is one block at most, counted and named.
class DamagedFilesTest {
  private static final int BLOCKS = 12;
  private static final int PER_BLOCK = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void one_damaged_place_costs_one_block_at_most(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    NumberedEvents events = new NumberedEvents(seed);
    List<Set<String>> blocks = new ArrayList<>();
    try (CountingSink sink = new CountingSink()) {
      boolean delivered = random.nextInt(4) == 0;
      if (!delivered) {
        sink.fallIll(request -> Behaviour.Answer.of(503));
      }
      try (TestGateway gateway = new TestGateway(folder, Map.of())) {
        gateway.start(configuration(sink));
        for (int i = 0; i < BLOCKS; i++) {
          String lines = events.next(PER_BLOCK);
          gateway.accept(lines, "durable");
          blocks.add(new HashSet<>(NumberedEvents.ids(lines)));
        }
        if (delivered) {
          await().until(() -> sink.distinct().size() == BLOCKS * PER_BLOCK);
        }
      }
      String damaged = damage(random);
      sink.recover();
      try (TestGateway gateway = new TestGateway(folder, Map.of())) {
        gateway.start(configuration(sink));
        String later = events.next(PER_BLOCK);
        gateway.accept(later, "durable");
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> {
              assertThat(sink.distinct().keySet()).containsAll(NumberedEvents.ids(later));
              assertThat(gateway.destination("sink").get("pending").asLong()).isZero();
            });
        judge(gateway, sink, events, blocks, damaged);
      }
    }
  }

  private static void judge(
      TestGateway gateway,
      CountingSink sink,
      NumberedEvents events,
      List<Set<String>> blocks,
      String damaged)
      throws Exception {
    events.judge(sink, List.of());
    Set<String> there = sink.distinct().keySet();
    List<Set<String>> gone = blocks.stream().filter(b -> !there.containsAll(b)).toList();
    JsonNode status = gateway.json("/onex/v1/status");
    JsonNode destination = gateway.destination("sink");
    System.out.printf(
        "%s: %d of %d blocks gone, %d lost in the ledger, problems %s%n",
        damaged,
        gone.size(),
        blocks.size(),
        destination.get("lost").asInt(),
        status.at("/log/problems"));
    assertThat(gone).as(damaged).hasSizeLessThanOrEqualTo(1);
    assertThat(destination.get("balanced").asBoolean()).as("%s", destination).isTrue();
    if (!gone.isEmpty()) {
      assertThat(damaged).startsWith("log/");
      assertThat(status.at("/log/problems")).as(damaged).isNotEmpty();
      assertThat(status.at("/log/positions_lost").asInt()).as(damaged).isEqualTo(PER_BLOCK);
    }
  }

  /// @return what was done to which file
  private String damage(SplittableRandom random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      files = all.filter(Files::isRegularFile).filter(DamagedFilesTest::hasBytes).sorted().toList();
    }
    // Half of all damage is to segments of the log, most of the other files being small.
    List<Path> segments = files.stream().filter(f -> f.toString().endsWith(".segment")).toList();
    List<Path> some = random.nextBoolean() ? segments : files;
    Path file = some.get(random.nextInt(some.size()));
    byte[] bytes = Files.readAllBytes(file);
    Path name = folder.resolve("data").relativize(file);
    int at = random.nextInt(bytes.length);
    boolean tear = random.nextInt(4) == 0;
    if (tear) {
      int left = Math.max(0, bytes.length - 1 - random.nextInt(Math.min(bytes.length, 40)));
      Files.write(file, Arrays.copyOf(bytes, left));
      return name + " torn at " + left + " of " + bytes.length;
    }
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
    return name + " flipped at " + at + " of " + bytes.length;
  }

  private static boolean hasBytes(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String configuration(CountingSink sink) {
    return """
    integrations:
      sink:
        kind: elk
        logstash_url: "%s"
        batch: {max_age: 20ms}
        retry: {initial: 20ms, max: 100ms}
        circuit_breaker: {failures: 1000}
    """
        .formatted(sink.url());
  }
}
