package io.onex.event;

import java.util.Locale;

/// Why an input was refused. The [#code] is the same in answers, log lines, metric labels and the
/// table of `docs/reference/events.md`.
public enum RefusalCode {
  /// Longer than [EventLimits#maxBytes].
  TOO_LARGE,
  /// Nested deeper than [EventLimits#maxDepth].
  TOO_DEEP,
  /// Not JSON by RFC 8259.
  NOT_JSON,
  /// JSON, but no object.
  NOT_OBJECT,
  /// Something stands after the end of the event.
  TRAILING_DATA,
  /// Not UTF-8, half of a surrogate pair, or no base64 where base64 is due.
  BAD_ENCODING,
  /// One object has the same key twice: readers would disagree about which counts.
  DUPLICATE_KEY,
  /// A number that is malformed or absurdly long.
  BAD_NUMBER,
  /// A field without which the event means nothing is absent or null.
  MISSING_FIELD,
  /// A field holds another sort of value than it may.
  WRONG_TYPE,
  /// A field holds the right sort of value but one that cannot be.
  BAD_VALUE,
  /// A time that cannot be read.
  BAD_TIMESTAMP;

  private final String code = name().toLowerCase(Locale.ROOT);

  /// The name used outside the program, such as `missing_field`.
  public String code() {
    return code;
  }
}
