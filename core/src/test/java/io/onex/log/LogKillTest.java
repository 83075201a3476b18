package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.storage.FileStorage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKillTest {
  @TempDir Path folder;

  @Test
  void a_killed_process_has_kept_everything_it_acknowledged_where_it_said() throws Exception {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("kills of a process that appends: seed " + seed);
    Random random = new Random(seed);
    Map<String, Long> acknowledged = new HashMap<>();
    for (int cycle = 0; cycle < 3; cycle++) {
      killAfter(200 + random.nextInt(1500), cycle, acknowledged);

      try (FileStorage storage = FileStorage.open(folder);
          SegmentedLog log =
              LogFixture.open(storage, LogFixture.SMALL.withSegmentBytes(256 << 10))) {
        List<LogFixture.Seen> seen = LogFixture.readAll(log);

        Map<String, Long> found = new HashMap<>();
        Set<Long> positions = new HashSet<>();
        for (LogFixture.Seen record : seen) {
          assertThat(found.put(record.id(), record.position())).as(record.id()).isNull();
          assertThat(positions.add(record.position())).isTrue();
          assertThat(record.body()).isEqualTo(AppendingProcess.body(record.id()));
        }
        assertThat(found).as("seed %d cycle %d", seed, cycle).containsAllEntriesOf(acknowledged);
        assertThat(log.state().positionsLost()).isZero();
        acknowledged.putAll(found);
      }
    }
  }

  private void killAfter(int lines, int cycle, Map<String, Long> acknowledged) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                folder.toString(),
                "life" + cycle)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int count = 0; count < lines; count++) {
        String line = answers.readLine();
        assertThat(line).as("the process ended by itself").isNotNull();
        int space = line.indexOf(' ');
        acknowledged.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
