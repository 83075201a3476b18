package io.onex.app;

import io.onex.config.LoggingConfig;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.NullConfiguration;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/// Sets up what the gateway logs: lines for people or JSON for programs, on standard error.
///
/// In JSON, [io.onex.telemetry.LogLine] keys are fields of their own and its constant sentence is
/// `message`; lines of libraries have their text there.
final class Logging {
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %msg%n%xThrowable{short.message}";

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
    LoggerContext context = LoggerContext.getContext(false);
    Configuration setup = new NullConfiguration();
    boolean json = config.format() == LoggingConfig.Format.JSON;
    Appender own = console("own", json ? json(setup, OWN_LINES) : pattern());
    Appender other = console("other", json ? json(setup, OTHER_LINES) : pattern());
    setup.addAppender(own);
    setup.addAppender(other);
    setup.getRootLogger().addAppender(other, Level.ALL, null);
    setup.getRootLogger().setLevel(Level.WARN);
    logger(setup, "io.onex", level(config.level()), own);
    for (Map.Entry<String, LoggingConfig.Level> each : config.levels().entrySet()) {
      boolean ours = each.getKey().startsWith("io.onex");
      logger(setup, each.getKey(), level(each.getValue()), ours ? own : other);
    }
    context.setConfiguration(setup);
    Configurator.reconfigure(setup);
    JavaLogging.takeOver();
  }

  private static void logger(Configuration setup, String name, Level level, Appender appender) {
    AppenderRef[] refs = {AppenderRef.createAppenderRef(appender.getName(), null, null)};
    LoggerConfig logger =
        LoggerConfig.newBuilder()
            .setAdditivity(false)
            .setLevel(level)
            .setLoggerName(name)
            .setRefs(refs)
            .setConfig(setup)
            .build();
    logger.addAppender(appender, null, (Filter) null);
    setup.addLogger(name, logger);
  }

  private static Appender console(String name, Layout<?> layout) {
    ConsoleAppender appender =
        ConsoleAppender.newBuilder()
            .setName(name)
            .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
            .setLayout(layout)
            .build();
    appender.start();
    return appender;
  }

  private static Layout<?> pattern() {
    return PatternLayout.newBuilder().setPattern(PATTERN).build();
  }

  private static Layout<?> json(Configuration setup, String template) {
    return JsonTemplateLayout.newBuilder()
        .setConfiguration(setup)
        .setEventTemplate(template)
        .build();
  }

  private static Level level(LoggingConfig.Level level) {
    return Level.valueOf(level.name());
  }
}
