package io.onex.json;

import io.onex.bytes.Slice;

/// Walks over the members of one JSON object, or the elements of one array, without building a
/// tree.
///
/// ```java
/// JsonCursor at = new JsonCursor();
/// for (at.enter(body); at.next(); ) {
///   if (at.keyIs("execution_time_ms")) {
///     double millis = at.number();
///   }
/// }
/// ```
///
/// Reusable and owned by one thread; a nested object needs a second cursor (or [JsonFields]).
/// Nothing is allocated except by [#key], [#text] and [#value]. The input has to be valid JSON, as
/// every body in the log is; on anything else the walk ends early and never leaves the slice.
public final class JsonCursor {
  private byte[] array = Slice.EMPTY.array();
  private int next;
  private int to;
  private boolean object;
  private int keyStart;
  private int keyEnd;
  private int valueStart;
  private int valueEnd;

  /// Starts before the first member of the object or array that `container` holds. Any other value,
  /// or none, has no members.
  public JsonCursor enter(Slice container) {
    return enter(container.array(), container.offset(), container.end());
  }

  /// As [#enter(Slice)], over the bytes from `from` up to but not including `end`.
  public JsonCursor enter(byte[] bytes, int from, int end) {
    array = bytes;
    int p = JsonBytes.skipSpace(bytes, from, end);
    JsonKind kind = p < end ? JsonKind.ofFirstByte(bytes[p]) : JsonKind.ABSENT;
    object = kind == JsonKind.OBJECT;
    next = object || kind == JsonKind.ARRAY ? p + 1 : end;
    to = end;
    keyStart = keyEnd = valueStart = valueEnd = end;
    return this;
  }

  /// Moves to the next member; false when there is none, and from then on.
  public boolean next() {
    int p = JsonBytes.skipSpace(array, next, to);
    if (p < to && array[p] == ',') {
      p = JsonBytes.skipSpace(array, p + 1, to);
    }
    if (p >= to || array[p] == '}' || array[p] == ']') {
      return end();
    }
    if (object) {
      if (array[p] != '"') {
        return end();
      }
      keyStart = p + 1;
      keyEnd = JsonBytes.endOfString(array, keyStart, to);
      p = JsonBytes.skipSpace(array, Math.min(keyEnd + 1, to), to);
      if (p >= to || array[p] != ':') {
        return end();
      }
      p = JsonBytes.skipSpace(array, p + 1, to);
    }
    valueStart = p;
    valueEnd = JsonBytes.endOfValue(array, p, to);
    next = valueEnd;
    return valueEnd > valueStart || end();
  }

  private boolean end() {
    next = to;
    keyStart = keyEnd = valueStart = valueEnd = to;
    return false;
  }

  /// Whether the key of this member is `name`, which is all ASCII.
  public boolean keyIs(String name) {
    return JsonText.equals(array, keyStart, keyEnd, name);
  }

  /// The key of this member without escapes; empty inside an array.
  public String key() {
    return JsonText.unescape(array, keyStart, keyEnd);
  }

  /// The bytes of the key between its quotes, escapes left in; empty inside an array.
  public Slice rawKey() {
    return new Slice(array, keyStart, keyEnd - keyStart);
  }

  /// The sort of the value; [JsonKind#ABSENT] before the first and after the last [#next].
  public JsonKind kind() {
    return valueStart < valueEnd ? JsonKind.ofFirstByte(array[valueStart]) : JsonKind.ABSENT;
  }

  /// The bytes of the value as they stand, with the quotes or brackets.
  public Slice value() {
    return new Slice(array, valueStart, valueEnd - valueStart);
  }

  /// Index in the array of the first byte of the value.
  public int valueStart() {
    return valueStart;
  }

  /// Index in the array just past the value.
  public int valueEnd() {
    return valueEnd;
  }

  /// The text of a string without escapes; of any other value its bytes as they stand.
  public String text() {
    return kind() == JsonKind.STRING
        ? JsonText.unescape(array, valueStart + 1, valueEnd - 1)
        : value().utf8();
  }

  /// Whether the value is the string `text`, which is all ASCII.
  public boolean textIs(String text) {
    return kind() == JsonKind.STRING && JsonText.equals(array, valueStart + 1, valueEnd - 1, text);
  }

  /// The number; NaN when the value is no number.
  public double number() {
    return JsonNumber.toDouble(array, valueStart, valueEnd);
  }

  /// The integer; `otherwise` when the value is no number, has a fraction or does not fit.
  public long integer(long otherwise) {
    return JsonNumber.toLong(array, valueStart, valueEnd, otherwise);
  }
}
