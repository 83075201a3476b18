package io.onex.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Who takes over what a destination cannot get rid of.
///
/// @param destination name of the other destination
/// @param unavailableFor records are diverted once this one has been out of reach for so long;
///   never when empty
/// @param deadLetters whether a record that would become a dead letter is offered there first
public record FallbackConfig(
    String destination, Optional<Duration> unavailableFor, boolean deadLetters) {
  static final Field<String> DESTINATION =
      Field.required("destination", Types.TEXT, "The destination that takes over.");

  /// Longer than a restart of the system, shorter than anybody looks.
  private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(30));

  private static final String NEVER = "never";

  static final Field<Optional<Duration>> UNAVAILABLE_FOR =
      Field.of(
          "unavailable_for",
          Types.scalar(
              "duration or never",
              Map.of("type", "string", "pattern", DurationText.PATTERN + "|^" + NEVER + "$"),
              FallbackConfig::wait,
              wait -> wait.map(DurationText::format).orElse(NEVER)),
          SOON,
          "Divert records once the destination fails or is paused for so long; or `never`.");
  static final Field<Boolean> DEAD_LETTERS =
      Field.of("dead_letters", Types.BOOLEAN, true, "Offer there what would become a dead letter.");
  static final Fields FIELDS = Fields.of(DESTINATION, UNAVAILABLE_FOR, DEAD_LETTERS);

  /// The settings, or just the name.
  static final ValueType<FallbackConfig> TYPE =
      new ShortForm<>(
          Types.section(FIELDS, FallbackConfig::from),
          Types.scalar(
              "name",
              Map.of("type", "string"),
              name -> new FallbackConfig(name, SOON, true),
              FallbackConfig::destination));

  public FallbackConfig {
    if (destination.isBlank()) {
      throw new IllegalArgumentException("a fallback needs the name of a destination");
    }
  }

  private static Optional<Duration> wait(String text) {
    if (text.equals(NEVER)) {
      return Optional.empty();
    }
    Duration wait = DurationText.parse(text);
    if (wait.isZero() || wait.isNegative()) {
      throw new IllegalArgumentException("longer than zero, or never");
    }
    return Optional.of(wait);
  }

  static FallbackConfig from(Section section) {
    return new FallbackConfig(
        section.get(DESTINATION), section.get(UNAVAILABLE_FOR), section.get(DEAD_LETTERS));
  }
}
