package io.onex.app;

import io.onex.config.LogConfig;
import io.onex.config.ServerConfig;
import io.onex.event.EventLimits;
import io.onex.ingest.IntakeSettings;
import io.onex.segment.Compression;

/// Turns what the configuration says about the log and requests into their own settings. Pure.
final class LogSettings {
  private LogSettings() {}

  static io.onex.log.LogConfig of(LogConfig config) {
    io.onex.log.LogConfig plain = io.onex.log.LogConfig.DEFAULT;
    return new io.onex.log.LogConfig(
        plain.directory(),
        config.segmentSize().bytes(),
        plain.blockBytes(),
        compression(config),
        plain.recentBytes(),
        plain.queueBytes(),
        config.dedupIds(),
        config.retention().maxAge(),
        config.retention().maxSize().bytes(),
        plain.minFreeBytes());
  }

  private static Compression compression(LogConfig config) {
    return switch (config.compression()) {
      case STANDARD -> Compression.STANDARD;
      case FAST -> Compression.FAST;
      case NONE -> Compression.NONE;
    };
  }

  static IntakeSettings intake(ServerConfig config) {
    EventLimits limits =
        new EventLimits(
            bytes(config.warnEvent().bytes()),
            bytes(config.maxEvent().bytes()),
            config.warnDepth(),
            config.maxDepth(),
            EventLimits.DEFAULT.maxNumberBytes());
    int unpacked = bytes(config.maxUnpacked().bytes());
    // At least one body of the largest size fits, as sent and unpacked.
    long inFlight =
        Math.max(
            IntakeSettings.DEFAULT.inFlightBytes(), (long) unpacked + config.maxRequest().bytes());
    return new IntakeSettings(
        limits,
        bytes(config.maxRequest().bytes()),
        unpacked,
        inFlight + (1 << 20),
        IntakeSettings.DEFAULT.maxElements());
  }

  private static int bytes(long size) {
    return (int) Math.min(size, Integer.MAX_VALUE - 1024);
  }
}
