package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.config.LoggingConfig;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(before);
    Logging.configure(settings(LoggingConfig.Format.TEXT));
  }

  @Test
  void json_lines_have_the_sentence_as_message_and_each_key_as_a_field() throws Exception {
    configure(LoggingConfig.Format.JSON);
    LogManager.getLogger("io.onex.test")
        .warn(LogLine.of("Something happened").with(LogKeys.DESTINATION, "elk \"1\""));
    LogManager.getLogger("org.library").warn("a plain {}", "text");
    String[] lines = written.toString(StandardCharsets.UTF_8).split("\n", -1);
    JsonNode own = new ObjectMapper().readTree(lines[0]);
    assertThat(own.has("message")).as(lines[0]).isTrue();
    assertThat(own.get("message").asText()).isEqualTo("Something happened");
    assertThat(own.get("destination").asText()).isEqualTo("elk \"1\"");
    assertThat(own.get("level").asText()).isEqualTo("WARN");
    assertThat(own.get("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}Z");
    JsonNode other = new ObjectMapper().readTree(lines[1]);
    assertThat(other.get("message").asText()).isEqualTo("a plain text");
  }

  @Test
  void text_lines_have_the_keys_behind_the_sentence() {
    configure(LoggingConfig.Format.TEXT);
    LogManager.getLogger("io.onex.test")
        .info(LogLine.of("Something happened").with(LogKeys.DESTINATION, "elk"));
    assertThat(written.toString(StandardCharsets.UTF_8))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}\\S+ INFO  Something happened destination=elk\\R");
  }

  @Test
  void what_is_below_the_level_is_not_written() {
    configure(LoggingConfig.Format.TEXT);
    LogManager.getLogger("io.onex.test").debug(LogLine.of("Detail"));
    LogManager.getLogger("org.library").info("chatter");
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private void configure(LoggingConfig.Format format) {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logging.configure(settings(format));
  }

  private static LoggingConfig settings(LoggingConfig.Format format) {
    return new LoggingConfig(LoggingConfig.Level.INFO, format, Map.of());
  }
}
