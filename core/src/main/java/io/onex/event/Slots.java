package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;

/// Where the fields that the codec looks at stand, by the object they were found in. One thread.
final class Slots {
  /// The event as a whole.
  static final int TOP = 0;

  /// The object under `payload` or `data`.
  static final int INNER = 1;

  /// The metadata of the event.
  static final int META = 2;

  /// The metadata inside [#INNER].
  static final int INNER_META = 3;

  /// Any other object; its fields are of no interest.
  static final int ELSEWHERE = 4;

  private static final int FIELDS = 64;

  private final int[] starts = new int[(ELSEWHERE + 1) * FIELDS];
  private final int[] ends = new int[(ELSEWHERE + 1) * FIELDS];
  private final long[] present = new long[ELSEWHERE + 1];
  private final long[] escaped = new long[ELSEWHERE + 1];
  byte[] array = Slice.EMPTY.array();

  void reset(byte[] bytes) {
    array = bytes;
    for (int scope = 0; scope < ELSEWHERE; scope++) {
      present[scope] = 0;
      escaped[scope] = 0;
    }
  }

  /// Notes that field number `field` of `scope` has a value from `start` up to `end`.
  void put(int scope, int field, int start, int end, boolean hasEscapes) {
    int slot = scope * FIELDS + field;
    starts[slot] = start;
    ends[slot] = end;
    present[scope] |= 1L << field;
    if (hasEscapes) {
      escaped[scope] |= 1L << field;
    }
  }

  /// The scope of an object that is the value of field number `field` in an object of `scope`.
  static int below(int scope, int field) {
    if (field == Field.METADATA.index()) {
      return scope == TOP ? META : scope == INNER ? INNER_META : ELSEWHERE;
    }
    return scope == TOP && (field == Field.PAYLOAD.index() || field == Field.DATA.index())
        ? INNER
        : ELSEWHERE;
  }

  /// Whether the field is there, be it null.
  boolean has(int scope, Field field) {
    return (present[scope] & field.bit()) != 0;
  }

  /// Whether the field is there and not null, NaN or infinite.
  boolean holds(int scope, Field field) {
    return holds(scope, field.index());
  }

  /// As [#holds(int, Field)], by the number of the field.
  boolean holds(int scope, int field) {
    if ((present[scope] & 1L << field) == 0) {
      return false;
    }
    int start = starts[scope * FIELDS + field];
    byte first = array[start];
    return first != 'n'
        && first != 'N'
        && first != 'I'
        && (first != '-' || array[start + 1] != 'I');
  }

  /// Whether any of the fields is there, be it null.
  ///
  /// @param fields their bits
  boolean hasAny(int scope, long fields) {
    return (present[scope] & fields) != 0;
  }

  boolean isText(int scope, Field field) {
    return has(scope, field) && array[start(scope, field)] == '"';
  }

  /// The sort of the value; NaN and Infinity count as null.
  JsonKind kind(int scope, Field field) {
    if (!has(scope, field)) {
      return JsonKind.ABSENT;
    }
    int start = start(scope, field);
    JsonKind kind = JsonKind.ofFirstByte(array[start]);
    if (kind == JsonKind.ABSENT || (kind == JsonKind.NUMBER && array[start + 1] == 'I')) {
      return JsonKind.NULL;
    }
    return kind;
  }

  /// Whether the number has neither a fraction nor an exponent.
  boolean isInteger(int scope, Field field) {
    int end = end(scope, field);
    int p = start(scope, field) + 1;
    while (p < end && array[p] >= '0' && array[p] <= '9') {
      p++;
    }
    return p == end;
  }

  int start(int scope, Field field) {
    return starts[scope * FIELDS + field.index()];
  }

  int end(int scope, Field field) {
    return ends[scope * FIELDS + field.index()];
  }

  boolean isEscaped(int scope, Field field) {
    return (escaped[scope] & field.bit()) != 0;
  }

  /// Whether the string is empty.
  boolean isEmptyText(int scope, Field field) {
    return isText(scope, field) && end(scope, field) - start(scope, field) == 2;
  }

  /// The value as it stands.
  Slice value(int scope, Field field) {
    int start = start(scope, field);
    return has(scope, field) ? new Slice(array, start, end(scope, field) - start) : Slice.EMPTY;
  }

  /// The text of a string or number without escapes; empty for null and absent.
  String text(int scope, Field field) {
    return JsonFields.text(value(scope, field));
  }
}
