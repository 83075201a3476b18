package io.onex.event;

/// What became of one input.
public sealed interface DecodeOutcome {
  /// It is a record to keep.
  ///
  /// @param event what it says; owned by the decoder, valid until its next call
  record Accepted(DecodedEvent event) implements DecodeOutcome {}

  /// It is no event, rightly so; to be counted.
  record Ignored(IgnoreReason reason) implements DecodeOutcome {}

  /// It is broken; to be answered and counted.
  record Refused(Refusal refusal) implements DecodeOutcome {}

  /// It is nothing but white space.
  record Blank() implements DecodeOutcome {}
}
