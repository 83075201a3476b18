package io.onex.app;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;

/// Sends what libraries log through the JDK to the gateway's own log.
final class JavaLogging extends Handler {
  /// Takes over all of the JDK's logging in this process.
  static void takeOver() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new JavaLogging());
  }

  @Override
  public void publish(LogRecord line) {
    String name = line.getLoggerName() == null ? "java" : line.getLoggerName();
    LogManager.getLogger(name)
        .log(level(line.getLevel().intValue()), line.getMessage(), line.getThrown());
  }

  @Override
  public void flush() {
    // Nothing is kept here.
  }

  @Override
  public void close() {
    // Nothing is held here.
  }

  private static Level level(int javaLevel) {
    if (javaLevel >= java.util.logging.Level.SEVERE.intValue()) {
      return Level.ERROR;
    }
    if (javaLevel >= java.util.logging.Level.WARNING.intValue()) {
      return Level.WARN;
    }
    return javaLevel >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
  }
}
