package io.onex.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the gateway adds to records, and what it takes out of them.
///
/// @param host name of this machine in what is sent; the system's host name unless given
/// @param environment such as `prod`
/// @param labels fixed names and values
/// @param catalogue CSV or JSON file with more about each node
/// @param redactKeys key words to redact besides the built-in ones
/// @param redactAllow keys that are never redacted
public record EnrichmentConfig(
    Optional<String> host,
    Optional<String> environment,
    Map<String, String> labels,
    Optional<Path> catalogue,
    List<String> redactKeys,
    List<String> redactAllow) {
  static final Field<Optional<String>> HOST =
      Field.optional("host", Types.TEXT, "Name of this machine; the system's unless given.");
  static final Field<Optional<String>> ENVIRONMENT =
      Field.optional("environment", Types.TEXT, "Such as `prod` or `staging`.");
  static final Field<Map<String, String>> LABELS =
      Field.of("labels", Types.map(Types.TEXT), Map.of(), "Added to every record that is sent.");
  static final Field<Optional<Path>> CATALOGUE =
      Field.optional(
          "catalogue",
          Types.PATH,
          "CSV file with a column `node_id`, or JSON file of objects by node id; read again when it changes.");
  static final Field<List<String>> REDACT_KEYS =
      Field.of(
          "redact_keys",
          Types.list(Types.TEXT),
          List.of(),
          "Words that make a key sensitive, besides the built-in ones.");
  static final Field<List<String>> REDACT_ALLOW =
      Field.of("redact_allow", Types.list(Types.TEXT), List.of(), "Keys that are never redacted.");
  static final Fields FIELDS =
      Fields.of(HOST, ENVIRONMENT, LABELS, CATALOGUE, REDACT_KEYS, REDACT_ALLOW);

  static final EnrichmentConfig DEFAULT =
      new EnrichmentConfig(
          Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of(), List.of());

  public EnrichmentConfig {
    labels = Map.copyOf(labels);
    redactKeys = List.copyOf(redactKeys);
    redactAllow = List.copyOf(redactAllow);
  }

  static EnrichmentConfig from(Section section) {
    return new EnrichmentConfig(
        section.get(HOST),
        section.get(ENVIRONMENT),
        section.get(LABELS),
        section.get(CATALOGUE),
        section.get(REDACT_KEYS),
        section.get(REDACT_ALLOW));
  }
}
