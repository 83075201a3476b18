package io.onex.config;

import java.time.Duration;

/// When `/health` calls the gateway sick.
///
/// @param stallAfter work is waiting and nothing has moved for this long
public record HealthConfig(Duration stallAfter) {
  static final Field<Duration> STALL_AFTER =
      Field.of(
          "stall_after",
          Types.DURATION,
          Duration.ofSeconds(30),
          "Unhealthy when work waits and nothing has moved for this long.");
  static final Fields FIELDS = Fields.of(STALL_AFTER);

  static final HealthConfig DEFAULT = new HealthConfig(Duration.ofSeconds(30));

  static HealthConfig from(Section section) {
    return new HealthConfig(section.get(STALL_AFTER));
  }
}
