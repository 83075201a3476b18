package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.cursor.CursorEntry;
import io.onex.log.deadletter.DeadLetterQuery;
import io.onex.log.replay.ReplayEnd;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replays of the log and of dead letters, killed again and again, judged by what arrived.
class ReplayKillTest {
  private static final int RECORDS = 3_000;
  private static final int LETTERS = RECORDS / 10;

  @TempDir private Path folder;

  @Test
  void a_killed_replay_goes_on_where_it_was_and_repeats_what_was_under_way() throws Exception {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("kills of a process that replays: seed " + seed);
    Random random = new Random(seed);
    int kills = 0;
    boolean done = false;
    while (!done) {
      boolean kill = kills < 6;
      done = live(kill ? 20 + random.nextInt(150) : Integer.MAX_VALUE);
      kills += done ? 0 : 1;
    }

    assertThat(kills).as("a replay was killed at least once").isPositive();
    try (RunningGateway gateway = new RunningGateway(folder.resolve("data"))) {
      CursorEntry entry = gateway.cursors.find("elk").orElseThrow();
      assertThat(entry.ledger().delivered()).isEqualTo(RECORDS - LETTERS);
      assertThat(entry.ledger().deadLettered()).isEqualTo(LETTERS);
      // Letters marked right before a kill are passed over by the next life instead of counted.
      assertThat(gateway.replays.settled(entry).replayed())
          .isBetween(
              RECORDS + LETTERS - kills * 2L * ReplayingProcess.BATCH, (long) RECORDS + LETTERS);
      assertThat(gateway.replays.list())
          .hasSize(2)
          .allMatch(job -> job.end().orElseThrow().state() == ReplayEnd.State.COMPLETED);
      assertThat(gateway.deadLetters.list(DeadLetterQuery.first(10)).entries()).isEmpty();
    }
    Map<String, Integer> times = new HashMap<>();
    Files.readAllLines(folder.resolve("received")).forEach(id -> times.merge(id, 1, Integer::sum));
    int repeated = 0;
    for (int i = 0; i < RECORDS; i++) {
      // Once at first, if it was not refused; once by each replay it was in: twice in any case.
      int wanted = 2;
      int got = times.getOrDefault("id-" + i, 0);
      assertThat(got).as("id-%d", i).isGreaterThanOrEqualTo(wanted);
      repeated += got - wanted;
    }
    assertThat(repeated)
        .as("repeats after %d kills", kills)
        .isLessThanOrEqualTo(kills * 2 * ReplayingProcess.BATCH);
  }

  /// @return whether the replays ended before `millis` had passed since they could go on
  private boolean live(int millis) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReplayingProcess.class.getName(),
                folder.toString(),
                String.valueOf(RECORDS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(told.readLine()).isEqualTo("ready");
      if (millis == Integer.MAX_VALUE) {
        assertThat(told.readLine()).isEqualTo("done");
        return true;
      }
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      return told.ready() && "done".equals(told.readLine());
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
