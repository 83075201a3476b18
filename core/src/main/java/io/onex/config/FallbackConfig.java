package io.onex.config;

import java.time.Duration;
import java.util.Optional;

/// Who takes over what a destination cannot get rid of.
///
/// @param destination name of the other destination
/// @param unavailableFor records are diverted once this one has been out of reach for so long;
///   never unless given
/// @param deadLetters whether a record that would become a dead letter is offered there first
public record FallbackConfig(
    String destination, Optional<Duration> unavailableFor, boolean deadLetters) {
  static final Field<String> DESTINATION =
      Field.required("destination", Types.TEXT, "The destination that takes over.");
  static final Field<Optional<Duration>> UNAVAILABLE_FOR =
      Field.optional(
          "unavailable_for", Types.DURATION, "Divert once out of reach for so long; else never.");
  static final Field<Boolean> DEAD_LETTERS =
      Field.of("dead_letters", Types.BOOLEAN, true, "Offer there what would become a dead letter.");
  static final Fields FIELDS = Fields.of(DESTINATION, UNAVAILABLE_FOR, DEAD_LETTERS);

  /// The settings, or just the name.
  static final ValueType<FallbackConfig> TYPE =
      new ShortForm<>(
          Types.section(FIELDS, FallbackConfig::from),
          Types.scalar(
              "name",
              java.util.Map.of("type", "string"),
              name -> new FallbackConfig(name, Optional.empty(), true),
              FallbackConfig::destination));

  public FallbackConfig {
    if (destination.isBlank()) {
      throw new IllegalArgumentException("a fallback needs the name of a destination");
    }
  }

  static FallbackConfig from(Section section) {
    return new FallbackConfig(
        section.get(DESTINATION), section.get(UNAVAILABLE_FOR), section.get(DEAD_LETTERS));
  }
}
