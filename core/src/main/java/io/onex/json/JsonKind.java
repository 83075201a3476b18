package io.onex.json;

import java.util.Arrays;

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

  private static final JsonKind[] BY_FIRST_BYTE = new JsonKind[128];

  static {
    Arrays.fill(BY_FIRST_BYTE, ABSENT);
    BY_FIRST_BYTE['{'] = OBJECT;
    BY_FIRST_BYTE['['] = ARRAY;
    BY_FIRST_BYTE['"'] = STRING;
    BY_FIRST_BYTE['t'] = TRUE;
    BY_FIRST_BYTE['f'] = FALSE;
    BY_FIRST_BYTE['n'] = NULL;
    BY_FIRST_BYTE['-'] = NUMBER;
    Arrays.fill(BY_FIRST_BYTE, '0', '9' + 1, NUMBER);
  }

  /// The kind of the valid JSON value whose first byte is `first`.
  public static JsonKind ofFirstByte(byte first) {
    return first < 0 ? ABSENT : BY_FIRST_BYTE[first];
  }
}
