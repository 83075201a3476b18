package io.onex.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `integrations`: each key is a destination whose kind says which settings it has.
///
/// A kind this build does not have must not stop the others: the destination loads without its own
/// settings, is not available, and a warning says so. A kind that is nearly one we have is a slip
/// and an error.
record DestinationsType(KindCatalog catalog) implements ValueType<List<DestinationsType.Draft>> {
  private static final Set<String> NOT_NAMES = Set.of("metrics", "logging", "tracing", "alerting");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

  /// A destination whose batch is not settled yet, since `buffering` has a say in it.
  record Draft(String name, String kind, Optional<KindCatalog.Kind> known, Section section) {
    DestinationConfig settled(BufferingConfig buffering) {
      BatchConfig base =
          buffering
              .batch()
              .or(() -> known.map(KindCatalog.Kind::batch))
              .orElse(
                  new BatchConfig(
                      100, BatchConfig.DEFAULT_MAX_BYTES, java.time.Duration.ofSeconds(30)));
      List<DestinationGroup> groups = section.get(DestinationConfig.GROUPS);
      if (groups.isEmpty()) {
        groups = known.map(k -> List.of(k.group())).orElse(List.of());
      }
      return new DestinationConfig(
          name,
          kind,
          known.isPresent(),
          section.get(DestinationConfig.ENABLED),
          section.get(DestinationConfig.PREVIOUSLY),
          section.get(DestinationConfig.FROM),
          section.get(DestinationConfig.ACK),
          Set.copyOf(groups),
          section.get(DestinationConfig.BATCH).over(base),
          section.get(DestinationConfig.RETRY),
          section.get(DestinationConfig.CIRCUIT_BREAKER),
          section.get(DestinationConfig.RATE_LIMIT),
          section.get(DestinationConfig.PARALLELISM),
          section.get(DestinationConfig.TIMEOUT),
          section.get(DestinationConfig.FALLBACK),
          section.get(DestinationConfig.TLS),
          section);
    }
  }

  @Override
  public Optional<List<Draft>> read(ConfigNode node, ConfigProblems problems) {
    if (node instanceof ConfigNode.Unresolved) {
      return Optional.empty();
    }
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      problems.error(node, "expected destinations by name, found " + node.noun(), "");
      return Optional.empty();
    }
    List<Draft> drafts = new ArrayList<>();
    mapping.entries().forEach((name, entry) -> draft(name, entry, problems).ifPresent(drafts::add));
    if (drafts.size() > DestinationConfig.MAX_DESTINATIONS) {
      problems.error(
          node, "there are more than " + DestinationConfig.MAX_DESTINATIONS + " destinations", "");
    }
    return drafts.size() == mapping.entries().size()
        ? Optional.of(List.copyOf(drafts))
        : Optional.empty();
  }

  private Optional<Draft> draft(String name, ConfigNode.Entry entry, ConfigProblems problems) {
    String path = entry.value().path();
    if (!name.matches(NAME) || NOT_NAMES.contains(name)) {
      problems.error(
          entry.keyMark(),
          path,
          "no name for a destination",
          NOT_NAMES.contains(name)
              ? "this is the name of a group"
              : "letters, digits, - and _, at most 64");
      return Optional.empty();
    }
    String kind = kindOf(name, entry.value());
    Optional<KindCatalog.Kind> known = catalog.find(kind);
    if (known.isPresent()) {
      Fields fields = DestinationConfig.FIELDS.plus(known.get().settings());
      return fields
          .read(entry.value(), problems)
          .filter(section -> isUsable(section, known.get(), entry, problems))
          .map(section -> new Draft(name, kind, known, section));
    }
    return unknownKind(name, kind, entry, problems);
  }

  /// Reports what the kind remarks, where it stands; whether there is no error among it.
  private static boolean isUsable(
      Section section, KindCatalog.Kind kind, ConfigNode.Entry entry, ConfigProblems problems) {
    int errors = problems.errors();
    for (Remark remark : kind.review().apply(section)) {
      ConfigNode.Entry at = setting(entry, remark.key());
      problems.add(
          new Problem(
              remark.severity(), at.keyMark(), at.value().path(), remark.message(), remark.hint()));
    }
    return problems.errors() == errors;
  }

  /// A setting of a destination, or the destination itself when it is not written.
  private static ConfigNode.Entry setting(ConfigNode.Entry destination, String key) {
    return destination.value() instanceof ConfigNode.Mapping mapping
        ? mapping.entries().getOrDefault(key, destination)
        : destination;
  }

  private Optional<Draft> unknownKind(
      String name, String kind, ConfigNode.Entry entry, ConfigProblems problems) {
    Optional<String> meant = Suggestion.nearest(kind, catalog.names());
    String path = entry.value().path();
    if (meant.isPresent()) {
      problems.error(
          entry.keyMark(),
          path,
          "no integration is of kind \"" + kind + "\"",
          "did you mean \"" + meant.get() + "\"?");
      return Optional.empty();
    }
    Set<String> foreign =
        entry.value() instanceof ConfigNode.Mapping m ? m.entries().keySet() : Set.of();
    Optional<Section> section = DestinationConfig.FIELDS.read(entry.value(), foreign, problems);
    if (section.isPresent() && section.get().get(DestinationConfig.ENABLED)) {
      problems.warn(
          entry.keyMark(),
          path,
          "kind \"" + kind + "\" is not available in this version: nothing is delivered there",
          "rules that name it are kept; available: " + String.join(", ", catalog.names()));
    }
    return section.map(s -> new Draft(name, kind, Optional.empty(), s));
  }

  private static String kindOf(String name, ConfigNode node) {
    if (node instanceof ConfigNode.Mapping mapping) {
      ConfigNode.Entry kind = mapping.entries().get(DestinationConfig.KIND.name());
      if (kind != null && kind.value() instanceof ConfigNode.Scalar scalar) {
        return scalar.value();
      }
    }
    return name;
  }

  @Override
  public String label() {
    return "destinations by name";
  }

  /// Strict for the kinds of this build, which are defined by name; common settings only for
  /// others.
  @Override
  public Map<String, Object> schema() {
    Map<String, Object> named = new LinkedHashMap<>();
    List<Object> choices = new ArrayList<>();
    for (KindCatalog.Kind kind : catalog.kinds()) {
      Map<String, Object> strict = Map.of("$ref", "#/$defs/" + kind.name());
      Map<String, Object> isKind =
          Map.of(
              "properties",
              Map.of("kind", Map.of("const", kind.name())),
              "required",
              List.of("kind"));
      Map<String, Object> unsaid = Map.of("not", Map.of("required", List.of("kind")));
      choices.add(ConfigSchema.when(isKind, strict));
      named.put(kind.name(), ConfigSchema.when(unsaid, strict));
    }
    Map<String, Object> any = new LinkedHashMap<>(ConfigSchema.ofSection(DestinationConfig.FIELDS));
    any.remove("additionalProperties");
    choices.add(any);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("maxProperties", DestinationConfig.MAX_DESTINATIONS);
    schema.put("properties", named);
    schema.put("patternProperties", Map.of("^" + NAME + "$", Map.of("allOf", choices)));
    schema.put("additionalProperties", false);
    return schema;
  }
}
