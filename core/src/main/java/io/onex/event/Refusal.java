package io.onex.event;

/// Says why one input was refused, so that its sender can mend it. Holds no value of the input, so
/// it may be logged and answered.
///
/// @param code the reason
/// @param field dotted path of the field concerned, such as `metadata.error`; empty when the input
///   as a whole is
/// @param byteOffset where in the input the fault was found, in bytes from its start
/// @param message a sentence for people
public record Refusal(RefusalCode code, String field, int byteOffset, String message) {
  public Refusal {
    if (byteOffset < 0) {
      throw new IllegalArgumentException("an offset is not negative: " + byteOffset);
    }
  }
}
