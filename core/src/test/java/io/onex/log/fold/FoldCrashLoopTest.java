package io.onex.log.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.thread.OutOfMemory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldCrashLoopTest {
  @TempDir private Path folder;

  /// Both ends there are: by the Java machine, and by what nobody catches.
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+ExitOnOutOfMemoryError", "-XX:-ExitOnOutOfMemoryError"})
  void a_record_that_takes_all_memory_ends_the_process_three_times_and_not_for_ever(String option)
      throws Exception {
    for (int life = 1; life <= 3; life++) {
      assertThat(run(option)).as("life %s: %s", life, output()).isEqualTo(OutOfMemory.EXIT);
      if (option.startsWith("-XX:-")) {
        assertThat(output().lines()).hasSize(1);
        assertThat(output()).startsWith("onex: out of memory, so the process ends");
      }
    }
    assertThat(run(option)).as(output()).isZero();
    assertThat(output())
        .contains(
            "events 187, passed over [greedy %d fold_fatal]".formatted(GreedyFoldProcess.BEFORE));
    assertThat(run(option)).as(output()).isZero();
    assertThat(output()).contains("events 187, ");
  }

  private int run(String option) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", option));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xlog:disable"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GreedyFoldProcess.class.getName(), folder.resolve("data").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String output() throws Exception {
    Path file = folder.resolve("output");
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }
}
