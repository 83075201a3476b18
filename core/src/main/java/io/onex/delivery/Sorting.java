package io.onex.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of the records of a batch after an attempt: pure.
///
/// @param taken the system has them
/// @param again to be sent again as they are
/// @param apart of which the system said one by one that they are to be sent again
/// @param refusal why the records of `refused` were refused together
/// @param refused to be sent again in halves, or rejected when alone
/// @param rejections why the records of `rejected` were, one for each
/// @param rejected to be rejected one by one
/// @param signal what the attempt tells about the system
record Sorting(
    List<Item> taken,
    List<Item> again,
    List<Item> apart,
    Optional<Rejection> refusal,
    List<Item> refused,
    List<Rejection> rejections,
    List<Item> rejected,
    Signal signal) {
  /// What an attempt tells about the system.
  sealed interface Signal {
    record Answered() implements Signal {}

    record Failed(String reason, Optional<Duration> retryAfter) implements Signal {}

    record Unauthorized(String reason) implements Signal {}

    record Undecided() implements Signal {}

    /// It answered record by record and took none. Whether that is for the records or for the
    /// system is not known.
    record NoneTaken(String reason) implements Signal {}
  }

  static Sorting of(List<Item> items, AttemptEnd end) {
    Builder sorting = new Builder();
    switch (end) {
      case AttemptEnd.Answered(List<Encoding.Refusal> refused, DeliveryResult result) ->
          sorting.result(sorting.withoutRefused(items, refused), result);
      case AttemptEnd.NothingSent(List<Encoding.Refusal> refused) ->
          sorting.again.addAll(sorting.withoutRefused(items, refused));
      case AttemptEnd.EncoderBroke(String reason) ->
          sorting.refuse(items, new Rejection(Rejection.Code.ENCODER_ERROR, reason));
      case AttemptEnd.Abandoned() -> sorting.again.addAll(items);
    }
    return sorting.build();
  }

  /// Collects the parts of a sorting.
  private static final class Builder {
    private final List<Item> taken = new ArrayList<>();
    private final List<Item> again = new ArrayList<>();
    private final List<Item> apart = new ArrayList<>();
    private final List<Item> refused = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final List<Item> rejected = new ArrayList<>();
    private Optional<Rejection> refusal = Optional.empty();
    private Signal signal = new Signal.Undecided();

    Sorting build() {
      return new Sorting(taken, again, apart, refusal, refused, rejections, rejected, signal);
    }

    List<Item> withoutRefused(List<Item> items, List<Encoding.Refusal> refusals) {
      String[] reasons = new String[items.size()];
      for (Encoding.Refusal refusal : refusals) {
        reasons[refusal.index()] = refusal.reason();
      }
      List<Item> sent = new ArrayList<>(items.size());
      for (int i = 0; i < reasons.length; i++) {
        if (reasons[i] == null) {
          sent.add(items.get(i));
        } else {
          reject(items.get(i), new Rejection(Rejection.Code.NOT_ENCODABLE, reasons[i]));
        }
      }
      return sent;
    }

    void result(List<Item> sent, DeliveryResult result) {
      switch (result) {
        case DeliveryResult.Delivered() -> {
          taken.addAll(sent);
          signal = new Signal.Answered();
        }
        case DeliveryResult.PerItem(List<DeliveryResult.ItemResult> items) -> perItem(sent, items);
        case DeliveryResult.Retryable(String reason, Optional<Duration> retryAfter) -> {
          again.addAll(sent);
          signal = new Signal.Failed(reason, retryAfter);
        }
        case DeliveryResult.Refused(String reason) -> {
          refuse(sent, new Rejection(Rejection.Code.REFUSED, reason));
          signal = new Signal.Answered();
        }
        case DeliveryResult.Unauthorized(String reason) -> {
          again.addAll(sent);
          signal = new Signal.Unauthorized(reason);
        }
      }
    }

    void perItem(List<Item> sent, List<DeliveryResult.ItemResult> results) {
      if (results.size() != sent.size()) {
        again.addAll(sent);
        signal =
            new Signal.Failed(
                "the integration answered for %d records of %d: a bug in it"
                    .formatted(results.size(), sent.size()),
                Optional.empty());
        return;
      }
      String lastReason = "";
      for (int i = 0; i < results.size(); i++) {
        Item item = sent.get(i);
        switch (results.get(i)) {
          case DeliveryResult.ItemResult.Taken() -> taken.add(item);
          case DeliveryResult.ItemResult.TryAgain(String reason) -> {
            apart.add(item);
            lastReason = reason;
          }
          case DeliveryResult.ItemResult.NeverTaken(String reason) ->
              reject(item, new Rejection(Rejection.Code.REFUSED, reason));
        }
      }
      // A system that takes or refuses some works.
      signal =
          apart.size() == sent.size() ? new Signal.NoneTaken(lastReason) : new Signal.Answered();
    }

    void refuse(List<Item> items, Rejection why) {
      refused.addAll(items);
      refusal = Optional.of(why);
    }

    void reject(Item item, Rejection why) {
      rejected.add(item);
      rejections.add(why);
    }
  }
}
