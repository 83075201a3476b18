package io.onex.config;

/// How many requests a destination gets at most.
///
/// @param requestsPerSecond on average, above 0
/// @param burst requests that may follow each other at once after a pause, at least 1
public record RateLimitConfig(double requestsPerSecond, int burst) {
  static final Field<Double> REQUESTS_PER_SECOND =
      Field.required(
          "requests_per_second",
          Types.decimal(0.001, 1e6),
          "Most requests per second, on average.");
  static final Field<Integer> BURST =
      Field.of("burst", Types.integer(1, 1_000_000), 1, "Requests at once after a pause.");
  static final Fields FIELDS = Fields.of(REQUESTS_PER_SECOND, BURST);

  static RateLimitConfig from(Section section) {
    return new RateLimitConfig(section.get(REQUESTS_PER_SECOND), section.get(BURST));
  }
}
