package io.onex.ingest;

/// What became of one body.
public sealed interface IntakeOutcome {
  /// It was read; each of its elements has an answer.
  record Taken(IntakeResult result) implements IntakeOutcome {}

  /// It is larger than a body may be, as sent or unpacked. Nothing of it was taken.
  record TooLarge(int limitBytes, boolean unpacked) implements IntakeOutcome {}

  /// Too much is under way to hold it. Nothing of it was taken; it may be sent again.
  record NoRoom() implements IntakeOutcome {}

  /// It cannot be unpacked. Nothing of it was taken.
  record Broken(ContentCoding coding) implements IntakeOutcome {}
}
