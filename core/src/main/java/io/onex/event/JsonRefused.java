package io.onex.event;

/// Ends the reading of an input that is to be refused. Carries no stack trace: it is an outcome,
/// and a flood of bad input must stay cheap.
final class JsonRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final RefusalCode code;
  final int at;

  /// Path of the field concerned; empty when only the scan knows where it was.
  final String field;

  /// @param at index in the array where the fault was found
  JsonRefused(RefusalCode code, int at, String message) {
    this(code, at, "", message);
  }

  JsonRefused(RefusalCode code, int at, String field, String message) {
    super(message, null, false, false);
    this.field = field;
    this.code = code;
    this.at = at;
  }

  String sentence() {
    String message = getMessage();
    return message == null ? code.code() : message;
  }
}
