package io.onex.app;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A configuration as paths and values for people. Secrets print as `***` by their type; what
/// stands before an `@` in an address is left out as well.
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
      case Record config when isSection(config) -> {
        for (RecordComponent component : config.getClass().getRecordComponents()) {
          String inner = path.isEmpty() ? component.getName() : path + "." + component.getName();
          add(settings, inner, read(config, component));
        }
      }
      default -> settings.put(path, value.toString().replaceAll("//[^/@\\s]*@", "//***@"));
    }
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
