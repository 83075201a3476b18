package io.onex.config;

import java.time.Duration;
import java.util.Optional;

/// The batch of every destination that does not say otherwise.
///
/// @param batch nothing when the file has no `buffering`: each kind then batches as it likes best
public record BufferingConfig(Optional<BatchConfig> batch) {
  static final Field<Boolean> ENABLED =
      Field.of("enabled", Types.BOOLEAN, true, "`false` sends every record by itself, at once.");
  static final Field<Integer> MAX_SIZE =
      Field.of("max_size", Types.integer(1, 1_000_000), 100, "Most records in one request.");
  static final Field<Duration> MAX_AGE_SECONDS =
      Field.of(
          "max_age_seconds",
          Types.SECONDS,
          Duration.ofSeconds(30),
          "How long the oldest record waits for company.");
  static final Fields FIELDS = Fields.of(ENABLED, MAX_SIZE, MAX_AGE_SECONDS);

  static final BufferingConfig DEFAULT = new BufferingConfig(Optional.empty());

  static BufferingConfig from(Section section) {
    BatchConfig batch =
        section.get(ENABLED)
            ? new BatchConfig(
                section.get(MAX_SIZE), BatchConfig.DEFAULT_MAX_BYTES, section.get(MAX_AGE_SECONDS))
            : new BatchConfig(1, BatchConfig.DEFAULT_MAX_BYTES, Duration.ZERO);
    return new BufferingConfig(Optional.of(batch));
  }
}
