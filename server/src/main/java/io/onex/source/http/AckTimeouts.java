package io.onex.source.http;

import java.time.Duration;

/// How long requests wait that want their answer after delivery.
///
/// @param usual the wait of a request that does not say; more than zero
/// @param longest the longest wait a request may ask for; at least `usual`
public record AckTimeouts(Duration usual, Duration longest) {
  public AckTimeouts {
    if (!usual.isPositive() || usual.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "a request waits %s and at most %s, which do not go together".formatted(usual, longest));
    }
  }
}
