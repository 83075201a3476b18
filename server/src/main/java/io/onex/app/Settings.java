package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.config.DurationText;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A configuration as paths and values for people, both written as in the file. Secrets print as
/// `***` by their type; what stands before an `@` in an address is left out as well.
final class Settings {
  private Settings() {}

  static Map<String, String> of(Record config) {
    Map<String, String> settings = new LinkedHashMap<>();
    add(settings, "", config);
    return settings;
  }

  private static void add(Map<String, String> settings, String path, Object value) {
    switch (value) {
      case Optional<?> optional -> optional.ifPresent(inner -> add(settings, path, inner));
      case Collection<?> many when many.stream().anyMatch(Record.class::isInstance) -> {
        int index = 0;
        for (Object one : many) {
          add(settings, path + "[" + index++ + "]", one);
        }
      }
      case DestinationConfig destination -> addDestination(settings, destination);
      case Record config when isSection(config) -> {
        for (RecordComponent component : config.getClass().getRecordComponents()) {
          String key = key(component.getName());
          add(settings, path.isEmpty() ? key : path + "." + key, read(config, component));
        }
      }
      default -> settings.put(path, text(value));
    }
  }

  /// Its batch and groups as they are in the end: the file may leave both to others.
  private static void addDestination(Map<String, String> settings, DestinationConfig config) {
    String path = "integrations." + config.name();
    settings.put(path + ".kind", config.kind());
    add(settings, path + ".batch", config.batch());
    add(settings, path + ".groups", config.groups());
    config
        .settings()
        .values()
        .forEach((key, value) -> {
          if (!key.equals("batch") && !key.equals("groups") && !key.equals("kind")) {
            add(settings, path + "." + key, value);
          }
        });
  }

  private static String text(Object value) {
    return switch (value) {
      case Duration duration -> DurationText.format(duration);
      case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
      case Collection<?> many -> many.stream().map(Settings::text).toList().toString();
      case Record choice when choice.getClass().getRecordComponents().length == 0 ->
          key(choice.getClass().getSimpleName());
      default -> value.toString().replaceAll("//[^/@\\s]*@", "//***@");
    };
  }

  /// `maxRequest` is `max_request` in the file.
  private static String key(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /// Values such as sizes and secrets are records of one component; sections are the rest.
  private static boolean isSection(Record config) {
    return config.getClass().getRecordComponents().length > 1
        || config.getClass().getSimpleName().endsWith("Config");
  }

  private static Object read(Record config, RecordComponent component) {
    try {
      return component.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's component can be read", e);
    }
  }
}
