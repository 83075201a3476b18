package io.onex.event;

/// What sort of JSON value stands somewhere, told by its first byte.
public enum JsonKind {
  OBJECT,
  ARRAY,
  STRING,
  NUMBER,
  TRUE,
  FALSE,
  NULL,
  /// No value: the field is absent or the slice is empty.
  ABSENT;

  /// The kind of the valid JSON value whose first byte is `first`.
  static JsonKind ofFirstByte(byte first) {
    return switch (first) {
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case '"' -> STRING;
      case 't' -> TRUE;
      case 'f' -> FALSE;
      case 'n' -> NULL;
      default -> first == '-' || (first >= '0' && first <= '9') ? NUMBER : ABSENT;
    };
  }
}
