package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.config.LoggingConfig;
import io.onex.output.Printable;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers wrote reaches nobody's terminal by way of the log: in values, in messages of
/// libraries, in exceptions, printed by hand; as text and as JSON.
class PrintableLinesTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(before);
    Logging.configure(
        new LoggingConfig(LoggingConfig.Level.INFO, LoggingConfig.Format.TEXT, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J",
        "\u009b31m",
        "\u0085next",
        "\u007f",
        "\u0007",
        "\u202egnp.exe",
        "\u2066x\u2069",
        "\u200bzero",
        "\u2028line",
        "a\rb",
        "\udb40\udc41tag",
        "\ufeffmark"
      })
  void what_a_terminal_would_obey_is_shown(String hostile) {
    for (LoggingConfig.Format format : LoggingConfig.Format.values()) {
      configure(format, StandardCharsets.UTF_8);
      logEverywhere(hostile);
      String text = written.toString(StandardCharsets.UTF_8);
      assertThat(text.lines()).allMatch(line -> Printable.text(line).equals(line));
      assertThat(text.lines().count()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @EnumSource(LoggingConfig.Format.class)
  void any_text_is_printable_afterwards(LoggingConfig.Format format) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    configure(format, StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      written.reset();
      StringBuilder any = new StringBuilder("x");
      for (int j = random.nextInt(20); j >= 0; j--) {
        int limit = List.of(0x100, 0x3000, 0x10000, 0x110000).get(random.nextInt(4));
        int character = random.nextInt(limit);
        if (Character.getType(character) != Character.SURROGATE) {
          any.appendCodePoint(character);
        }
      }
      LogManager.getLogger("io.onex.test")
          .warn(LogLine.of("Something happened " + i).with(LogKeys.REASON, any.toString()));
      String text = written.toString(StandardCharsets.UTF_8);
      assertThat(text.lines().toList()).as("seed %d: %s", seed, text).hasSize(1);
      String line = text.substring(0, text.length() - 1);
      assertThat(Printable.text(line)).as("seed %d", seed).isEqualTo(line);
      if (format == LoggingConfig.Format.JSON) {
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.get("reason").asText()).as("seed %d", seed).isEqualTo(any.toString());
      }
    }
  }

  @Test
  void what_is_harmless_stays_as_it_is() {
    configure(LoggingConfig.Format.TEXT, StandardCharsets.UTF_8);
    System.err.println("Grüße, 東京 👩‍🚀 ok".replace("\u200d", ""));
    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo("Grüße, 東京 👩🚀 ok" + System.lineSeparator());
  }

  /// Half a character at the end of what a line of two megabytes is cut at must not end the output.
  @Test
  void bytes_that_are_no_text_do_no_harm() throws Exception {
    try (PrintableLines lines = new PrintableLines(written, StandardCharsets.UTF_8)) {
      lines.write(new byte[] {'a', (byte) 0xc3, '\n', (byte) 0x9b, 'b', '\n'});
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a\ufffd\n\ufffdb\n");
  }

  @Test
  void another_charset_is_heeded() {
    configure(LoggingConfig.Format.TEXT, StandardCharsets.ISO_8859_1);
    System.err.println("é\u009b31m");
    assertThat(written.toString(StandardCharsets.ISO_8859_1))
        .isEqualTo("é\\u009b31m" + System.lineSeparator());
  }

  private static void logEverywhere(String hostile) {
    LogManager.getLogger("io.onex.test")
        .warn(LogLine.of("Something happened").with(LogKeys.REASON, hostile));
    LogManager.getLogger("org.library").warn("a library read {}", hostile);
    LogManager.getLogger("io.onex.test")
        .error(LogLine.of("Something failed"), new IllegalStateException(hostile));
    System.err.println("by hand " + hostile);
  }

  private void configure(LoggingConfig.Format format, Charset charset) {
    written.reset();
    LineBuffered lines = new LineBuffered(new PrintableLines(written, charset));
    System.setErr(new PrintStream(lines, true, charset));
    Logging.configure(new LoggingConfig(LoggingConfig.Level.INFO, format, Map.of()));
  }

  /// Hands on whole lines, at once.
  private static final class LineBuffered extends java.io.OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final PrintableLines target;

    LineBuffered(PrintableLines target) {
      this.target = target;
    }

    @Override
    public void write(int one) throws java.io.IOException {
      line.write(one);
      if (one == '\n') {
        target.write(line.toByteArray());
        line.reset();
      }
    }
  }
}
