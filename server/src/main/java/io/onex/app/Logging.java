package io.onex.app;

import io.onex.config.LoggingConfig;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.LoggerComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.logging.log4j.core.filter.AbstractFilterable;

/// Sets up what the gateway logs: lines for people or JSON for programs, on standard error.
///
/// In JSON, [io.onex.telemetry.LogLine] keys are fields of their own and its constant sentence is
/// `message`; lines of libraries have their text there. One event is one line, and what is repeated
/// is said once ([RepeatedLines]).
final class Logging {
  private static final String OURS = "io.onex";
  private static final String OWN = "own";
  private static final String OTHER = "other";

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %enc{%msg}{CRLF}"
          + "%notEmpty{ error=\"%enc{%xThrowable{short.message}}{CRLF}\"}%n";

  /// The gateway's own lines: `time`, `level`, `logger`, then the keys of the line.
  private static final String OWN_LINES =
      """
      {"timestamp":{"$resolver":"timestamp",
        "pattern":{"format":"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'","timeZone":"UTC"}},
       "level":{"$resolver":"level","field":"name"},
       "service":"onex-gateway",
       "logger":{"$resolver":"logger","field":"name"},
       "keys":{"$resolver":"map","flatten":true},
       "error":{"$resolver":"exception","field":"stackTrace","stackTrace":{"stringified":true}}}
      """;

  private static final String OTHER_LINES =
      OWN_LINES.replace(
          "\"keys\":{\"$resolver\":\"map\",\"flatten\":true}",
          "\"message\":{\"$resolver\":\"message\",\"stringified\":true}");

  private Logging() {}

  /// Replaces the process's logging set-up.
  static void configure(LoggingConfig config) {
    ConfigurationBuilder<BuiltConfiguration> setup =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    boolean json = config.format() == LoggingConfig.Format.JSON;
    setup.setStatusLevel(Level.ERROR);
    setup.add(console(setup, OWN, json ? json(setup, OWN_LINES) : text(setup)));
    setup.add(console(setup, OTHER, json ? json(setup, OTHER_LINES) : text(setup)));
    setup.add(setup.newRootLogger(Level.WARN).add(setup.newAppenderRef(OTHER)));
    setup.add(logger(setup, OURS, config.level(), OWN));
    config
        .levels()
        .forEach((name, level) ->
            setup.add(logger(setup, name, level, name.startsWith(OURS) ? OWN : OTHER)));
    BuiltConfiguration built = setup.build();
    Configurator.reconfigure(built);
    RepeatedLines repeated = new RepeatedLines(new SystemClock());
    repeated.start();
    for (String appender : List.of(OWN, OTHER)) {
      if (built.getAppender(appender) instanceof AbstractFilterable filterable) {
        filterable.addFilter(repeated);
      }
    }
    JavaLogging.takeOver();
  }

  private static LoggerComponentBuilder logger(
      ConfigurationBuilder<?> setup, String name, LoggingConfig.Level level, String appender) {
    return setup
        .newLogger(name, Level.valueOf(level.name()))
        .add(setup.newAppenderRef(appender))
        .addAttribute("additivity", false);
  }

  private static AppenderComponentBuilder console(
      ConfigurationBuilder<?> setup, String name, LayoutComponentBuilder layout) {
    return setup
        .newAppender(name, "Console")
        .addAttribute("target", "SYSTEM_ERR")
        .addAttribute("follow", true)
        .add(layout);
  }

  private static LayoutComponentBuilder text(ConfigurationBuilder<?> setup) {
    return setup.newLayout("PatternLayout").addAttribute("pattern", PATTERN);
  }

  private static LayoutComponentBuilder json(ConfigurationBuilder<?> setup, String template) {
    return setup.newLayout("JsonTemplateLayout").addAttribute("eventTemplate", template);
  }
}
