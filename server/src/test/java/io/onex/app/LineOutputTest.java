package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.config.LoggingConfig;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/// The gateway's own log is never in its way, consists of whole lines and says nothing a thousand
/// times.
class LineOutputTest {
  private final AtomicLong dropped = new AtomicLong();

  @Test
  void an_output_that_nobody_reads_holds_up_nobody_and_tells_afterwards_what_is_missing()
      throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    LineOutput output =
        new LineOutput(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                try {
                  reads.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                read.write(bytes, offset, length);
              }
            },
            dropped::incrementAndGet);
    PrintStream before = System.err;
    int lines = 30_000;
    try {
      System.setErr(new PrintStream(output, true, StandardCharsets.UTF_8));
      Logging.configure(
          new LoggingConfig(LoggingConfig.Level.INFO, LoggingConfig.Format.TEXT, Map.of()));
      for (int i = 0; i < lines; i++) {
        LogManager.getLogger("io.onex.test")
            .info(LogLine.of("Something happened").with("number", i));
      }
      assertThat(dropped.get()).isPositive();
      output.drain(Duration.ofMillis(10));
      assertThat(read.size()).isZero();
      reads.countDown();
      await().until(() -> read.toString(StandardCharsets.UTF_8).contains("were dropped"));
      output.drain(Duration.ofSeconds(10));
    } finally {
      System.setErr(before);
      Logging.configure(
          new LoggingConfig(LoggingConfig.Level.WARN, LoggingConfig.Format.TEXT, Map.of()));
    }
    List<String> all = read.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(all.stream().filter(line -> line.contains("Something happened number=")).count())
        .isEqualTo(lines - dropped.get());
    assertThat(all).allMatch(line -> line.matches("\\d{4}-.* (INFO |WARN ) .*"));
    assertThat(all).anyMatch(line -> line.endsWith("lines=" + dropped.get()));
  }

  @Test
  void a_reader_that_is_gone_and_a_full_disk_cost_the_lines_and_nothing_else() throws Exception {
    LineOutput output =
        new LineOutput(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            dropped::incrementAndGet);
    for (int i = 0; i < 100; i++) {
      output.write("a line\n".getBytes(StandardCharsets.UTF_8));
    }
    await().until(() -> dropped.get() == 100);
  }

  @Test
  void a_cause_is_said_once_a_minute_and_its_repeats_as_one_count() {
    SetClock clock = new SetClock();
    RepeatedLines repeated = new RepeatedLines(clock);
    assertThat(says(repeated, warning("elk", "the disk has 12 MiB left"))).isTrue();
    for (int i = 0; i < 1_000; i++) {
      assertThat(says(repeated, warning("elk", "the disk has " + i + " MiB left"))).isFalse();
    }
    assertThat(says(repeated, warning("zipkin", "the disk has 12 MiB left"))).isTrue();
    assertThat(says(repeated, warning("elk", "no such host"))).isTrue();
    assertThat(says(repeated, new SimpleMessage("took 17 ms"))).isTrue();
    assertThat(says(repeated, new SimpleMessage("took 18 ms"))).isFalse();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.err;
    try {
      System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
      Logging.configure(
          new LoggingConfig(LoggingConfig.Level.INFO, LoggingConfig.Format.TEXT, Map.of()));
      clock.nanos += Duration.ofSeconds(59).toNanos();
      repeated.tell();
      assertThat(written.size()).isZero();
      clock.nanos += Duration.ofSeconds(1).toNanos();
      repeated.tell();
    } finally {
      System.setErr(before);
      Logging.configure(
          new LoggingConfig(LoggingConfig.Level.WARN, LoggingConfig.Format.TEXT, Map.of()));
    }
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("destination=elk") && line.endsWith("repeated=1000"))
        .anyMatch(line -> line.contains("took 18 ms") && line.endsWith("repeated=1"));
    assertThat(says(repeated, warning("elk", "the disk has 12 MiB left"))).isTrue();
  }

  @Test
  void a_sentence_about_ever_other_things_is_said_of_a_few() {
    RepeatedLines repeated = new RepeatedLines(new SetClock());
    int said = 0;
    for (int i = 0; i < 10_000; i++) {
      said += says(repeated, warning("d" + i, "gone")) ? 1 : 0;
    }
    assertThat(said).isEqualTo(21);
  }

  @Test
  void an_exception_of_many_lines_is_one_line() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.err;
    try {
      System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
      Logging.configure(
          new LoggingConfig(LoggingConfig.Level.INFO, LoggingConfig.Format.TEXT, Map.of()));
      LogManager.getLogger("io.onex.test")
          .error(LogLine.of("It failed"), new IllegalStateException("one\ntwo\r\nthree"));
      LogManager.getLogger("org.library").error("a text\nof two lines");
      LogManager.getLogger("io.onex.test").error(LogLine.of("The next"));
    } finally {
      System.setErr(before);
      Logging.configure(
          new LoggingConfig(LoggingConfig.Level.WARN, LoggingConfig.Format.TEXT, Map.of()));
    }
    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    assertThat(text.lines().toList())
        .as(text)
        .hasSize(3)
        .allMatch(line -> line.matches("\\d{4}-.* ERROR .*"))
        .first()
        .asString()
        .contains("one\\ntwo\\r\\nthree");
  }

  private static boolean says(RepeatedLines repeated, Message message) {
    LogEvent event =
        Log4jLogEvent.newBuilder()
            .setLoggerName("io.onex.test")
            .setLevel(Level.WARN)
            .setMessage(message)
            .build();
    return repeated.filter(event) != Filter.Result.DENY;
  }

  private static LogLine warning(String destination, String reason) {
    return LogLine.of("It failed")
        .with(LogKeys.DESTINATION, destination)
        .with(LogKeys.REASON, reason);
  }

  private static final class SetClock implements Clock {
    private long nanos;

    @Override
    public long wallMicros() {
      return nanos / 1_000;
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }
  }
}
