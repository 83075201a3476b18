package io.onex.delivery;

import java.util.List;

/// How an attempt ended.
public sealed interface AttemptEnd {
  /// A request was sent and there is a result; a missing answer is a [DeliveryResult.Retryable].
  ///
  /// @param refused records that the encoder could not express, which were not sent
  record Answered(List<Encoding.Refusal> refused, DeliveryResult result) implements AttemptEnd {
    public Answered {
      refused = List.copyOf(refused);
    }
  }

  /// The encoder could not express any of the records.
  record NothingSent(List<Encoding.Refusal> refused) implements AttemptEnd {
    public NothingSent {
      refused = List.copyOf(refused);
    }
  }

  /// The encoder threw, which is a bug.
  ///
  /// @param reason names the exception, without payload
  record EncoderBroke(String reason) implements AttemptEnd {}

  /// The gateway stopped waiting; nobody knows whether the system took anything.
  record Abandoned() implements AttemptEnd {}
}
