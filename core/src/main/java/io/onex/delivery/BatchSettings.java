package io.onex.delivery;

import java.time.Duration;

/// When records leave together. Whatever is reached first closes the batch.
///
/// @param maxSize most records in a batch, at least 1
/// @param maxBytes most bytes of record bodies in a batch; a longer record travels alone
/// @param maxAge longest time a readable record waits for others; zero sends whatever is there
public record BatchSettings(int maxSize, int maxBytes, Duration maxAge) {
  public static final BatchSettings DEFAULT =
      new BatchSettings(1_000, 4 << 20, Duration.ofSeconds(1));

  public BatchSettings {
    if (maxSize < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a batch holds at least one record and one byte, not " + maxSize + " and " + maxBytes);
    }
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("max_age cannot be negative: " + maxAge);
    }
  }
}
