package io.onex.config;

import java.util.Map;

/// What the gateway itself logs.
///
/// @param level least level that is written
/// @param levels other levels by logger name
public record LoggingConfig(Level level, Format format, Map<String, Level> levels) {
  static final Field<Level> LEVEL =
      Field.of("level", Types.oneOf(Level.class), Level.INFO, "Least level that is written.");
  static final Field<Format> FORMAT =
      Field.of(
          "format", Types.oneOf(Format.class), Format.TEXT, "Lines for people or for programs.");
  static final Field<Map<String, Level>> LEVELS =
      Field.of(
          "levels", Types.map(Types.oneOf(Level.class)), Map.of(), "Other levels by logger name.");
  static final Fields FIELDS = Fields.of(LEVEL, FORMAT, LEVELS);

  static final LoggingConfig DEFAULT = new LoggingConfig(Level.INFO, Format.TEXT, Map.of());

  public LoggingConfig {
    levels = Map.copyOf(levels);
  }

  static LoggingConfig from(Section section) {
    return new LoggingConfig(section.get(LEVEL), section.get(FORMAT), section.get(LEVELS));
  }

  /// How much a line matters.
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL
  }

  /// How a line is written.
  public enum Format {
    TEXT,
    JSON
  }
}
