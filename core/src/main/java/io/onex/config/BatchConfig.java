package io.onex.config;

import java.time.Duration;

/// When the records collected for a destination leave: whichever limit is reached first.
///
/// @param maxSize most records in one request, at least 1
/// @param maxBytes most bytes of their bodies
/// @param maxAge how long the oldest record waits at most; zero sends at once
public record BatchConfig(int maxSize, ByteSize maxBytes, Duration maxAge) {
  /// Bytes of one request unless said otherwise.
  public static final ByteSize DEFAULT_MAX_BYTES = ByteSize.ofMiB(4);

  /// A thousand records, 4 MiB or 1 s.
  public static final BatchConfig DEFAULT =
      new BatchConfig(1_000, DEFAULT_MAX_BYTES, Duration.ofSeconds(1));

  public BatchConfig {
    if (maxSize < 1 || maxBytes.bytes() < 1 || maxAge.isNegative()) {
      throw new IllegalArgumentException(
          "a batch holds at least one record and does not wait for less than zero");
    }
  }
}
