package io.onex.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema of configuration files (draft 2020-12), made of the declared settings.
public final class ConfigSchema {
  private ConfigSchema() {}

  /// The schema of a whole file, indented, with a line end.
  public static String of(KindCatalog catalog) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "onex configuration");
    schema.putAll(ofSection(new GatewayFields(catalog).fields()));
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put(
        "reference",
        inOrder(
            "type",
            "string",
            "pattern",
            "\\$\\{",
            "description",
            "${VAR}, ${VAR:-default} or ${file:PATH}, filled in when the file is read"));
    for (KindCatalog.Kind kind : catalog.kinds()) {
      definitions.put(kind.name(), ofSection(DestinationConfig.FIELDS.plus(kind.settings())));
    }
    schema.put("$defs", definitions);
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers are always JSON", e);
    }
  }

  /// The schema of one mapping of settings.
  static Map<String, Object> ofSection(Fields fields) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Field<?> field : fields.all()) {
      properties.put(field.name(), property(field));
      if (field.isRequired()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("object", "null"));
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  /// `then` holds for what meets `condition`.
  static Map<String, Object> when(Map<String, Object> condition, Map<String, Object> then) {
    return inOrder("if", condition, "then", then);
  }

  private static Map<String, Object> property(Field<?> field) {
    Map<String, Object> property = new LinkedHashMap<>(field.type().schema());
    String fallback = field.shownDefault();
    String help = fallback.isEmpty() ? field.help() : field.help() + " Default: " + fallback;
    property.put("description", help);
    return property;
  }

  private static Map<String, Object> inOrder(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
