package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientReadTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void a_read_that_does_not_end_is_an_error_and_is_interrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Path file = folder.resolve("stuck");

    assertThatThrownBy(() ->
            PatientRead.within(
                Duration.ofMillis(20),
                file,
                () -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return new byte[0];
                }))
        .hasMessageContaining("reading it did not end within 20ms")
        .hasMessageContaining(file.toString());
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_file_is_read_whole_or_up_to_the_limit() throws Exception {
    byte[] bytes = new byte[100_000];
    new SplittableRandom(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("file"), bytes);

    assertThat(PatientRead.firstBytes(file, 1 << 20, LONG)).isEqualTo(bytes);
    assertThat(PatientRead.firstBytes(file, 5000, LONG)).isEqualTo(Arrays.copyOf(bytes, 5000));
    assertThat(PatientRead.firstBytes(Path.of("/proc/self/status"), 1 << 20, LONG)).isNotEmpty();
    assertThat(PatientRead.firstBytes(Files.createFile(folder.resolve("empty")), 10, LONG))
        .isEmpty();
  }
}
