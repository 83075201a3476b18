package io.onex.app;

import io.onex.config.LoggingConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Everything the gateway logs between its making and its closing, down to the finest level.
public final class LoggedLines implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public LoggedLines() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    Logging.configure(
        new LoggingConfig(LoggingConfig.Level.TRACE, LoggingConfig.Format.JSON, Map.of()));
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setErr(before);
    Logging.configure(
        new LoggingConfig(LoggingConfig.Level.WARN, LoggingConfig.Format.TEXT, Map.of()));
  }
}
