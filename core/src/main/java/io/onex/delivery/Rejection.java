package io.onex.delivery;

/// Why a record becomes a dead letter.
///
/// @param reason a sentence without payload
public record Rejection(Code code, String reason) {
  /// The kind of reason: a metric label and a key of the dead letter.
  public enum Code {
    /// The system refused the record, alone or as part of a batch that was bisected.
    REFUSED("refused"),
    /// It failed again and again while others were taken: the system breaks on the record.
    POISON("poison"),
    /// The system asked for longer than `give_up_after` to send it again, and took others.
    GIVEN_UP("given_up"),
    /// The integration cannot express the record.
    NOT_ENCODABLE("not_encodable"),
    /// The integration's encoder failed on the record: a bug.
    ENCODER_ERROR("encoder_error"),
    /// The rules failed on the record: a bug.
    RULE_ERROR("rule_error");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /// Stable lower-case text.
    public String text() {
      return text;
    }
  }
}
