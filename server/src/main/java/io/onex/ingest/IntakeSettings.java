package io.onex.ingest;

import io.onex.event.EventLimits;

/// How much a body may hold.
///
/// @param limits of each event
/// @param maxSentBytes most bytes of a body as sent
/// @param maxUnpackedBytes most bytes of it once unpacked
/// @param inFlightBytes most bytes of all bodies under way
/// @param maxElements more elements than this in one body are refused
public record IntakeSettings(
    EventLimits limits,
    int maxSentBytes,
    int maxUnpackedBytes,
    long inFlightBytes,
    int maxElements) {
  /// More than this of one answer helps nobody; the rest is only counted.
  static final int MOST_REJECTIONS = 10_000;

  /// 16 MiB as sent, 64 MiB unpacked, 96 MiB of all together, 200 000 elements.
  public static final IntakeSettings DEFAULT =
      new IntakeSettings(EventLimits.DEFAULT, 16 << 20, 64 << 20, 96L << 20, 200_000);
}
