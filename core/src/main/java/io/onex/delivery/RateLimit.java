package io.onex.delivery;

/// How much a system is sent at most, on average.
///
/// @param perSecond of the unit, more than 0
/// @param burst how much may go at once after a rest, at least 1
public record RateLimit(double perSecond, double burst, Unit unit) {
  /// What is counted.
  public enum Unit {
    REQUESTS,
    RECORDS
  }

  public RateLimit {
    if (!(perSecond > 0) || !(burst >= 1)) {
      throw new IllegalArgumentException("no rate of " + perSecond + "/s with burst " + burst);
    }
  }
}
