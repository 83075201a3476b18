package io.onex.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of one attempt, as far as the system told. Reasons are sentences without payload.
public sealed interface DeliveryResult {
  /// The system has every record.
  record Delivered() implements DeliveryResult {}

  /// The system answered record by record.
  ///
  /// @param items one per record of the payload, in order
  record PerItem(List<ItemResult> items) implements DeliveryResult {
    public PerItem {
      items = List.copyOf(items);
    }
  }

  /// Nothing was taken and the same request may succeed later: 429, 5xx, a time-out, a reset.
  ///
  /// @param retryAfter how long the system asked to be left alone
  record Retryable(String reason, Optional<Duration> retryAfter) implements DeliveryResult {}

  /// Nothing was taken and this request never will be: the loop bisects down to the poison record.
  record Refused(String reason) implements DeliveryResult {}

  /// The credentials do not hold (401, 403): the loop pauses the destination and loses nothing.
  record Unauthorized(String reason) implements DeliveryResult {}

  /// What became of one record of a [PerItem].
  sealed interface ItemResult {
    /// Taken, or already there.
    record Taken() implements ItemResult {}

    /// Not taken, worth another attempt.
    record TryAgain(String reason) implements ItemResult {}

    /// Never taken.
    record NeverTaken(String reason) implements ItemResult {}
  }
}
