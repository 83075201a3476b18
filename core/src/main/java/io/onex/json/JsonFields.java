package io.onex.json;

import io.onex.bytes.Slice;

/// Reads single fields out of a JSON object that is kept as bytes.
///
/// Pure functions over valid JSON, such as the body or metadata of a record. A missing field is an
/// empty slice and of kind [JsonKind#ABSENT]. Each look-up walks the object once: who needs more
/// than two or three of its fields walks it with a [JsonCursor] instead.
public final class JsonFields {
  private JsonFields() {}

  /// The value of the member `key` as it stands in `object`, quotes or brackets included; empty
  /// when `object` is no object or has no such member. `key` is ASCII.
  public static Slice find(Slice object, String key) {
    int start = start(object.array(), object.offset(), object.end(), key);
    return start < 0
        ? Slice.EMPTY
        : new Slice(
            object.array(),
            start,
            JsonBytes.endOfValue(object.array(), start, object.end()) - start);
  }

  /// The value found by one key after the other, as in `find(body, "metadata", "output_state",
  /// "status")`; empty when any of them is missing.
  public static Slice find(Slice object, String key, String... more) {
    Slice found = find(object, key);
    for (String next : more) {
      found = find(found, next);
    }
    return found;
  }

  /// The sort of a value that was found.
  public static JsonKind kind(Slice value) {
    return value.isEmpty() ? JsonKind.ABSENT : JsonKind.ofFirstByte(value.array()[value.offset()]);
  }

  /// The text of a string without escapes; of a number or literal its bytes as they stand; empty
  /// for null and for a missing value.
  public static String text(Slice value) {
    return switch (kind(value)) {
      case STRING -> JsonText.unescape(inner(value));
      case NULL, ABSENT -> "";
      case OBJECT, ARRAY, NUMBER, TRUE, FALSE -> value.utf8();
    };
  }

  /// Whether the value is the string `text`, which is all ASCII.
  public static boolean textIs(Slice value, String text) {
    return kind(value) == JsonKind.STRING && JsonText.equals(inner(value), text);
  }

  /// The number; NaN when the value is none.
  public static double number(Slice value) {
    return JsonNumber.toDouble(value);
  }

  /// The integer; `otherwise` when the value is none, has a fraction or does not fit.
  public static long integer(Slice value, long otherwise) {
    return JsonNumber.toLong(value, otherwise);
  }

  /// The bytes between the quotes of a string, escapes left in; empty for any other value.
  public static Slice inner(Slice value) {
    return kind(value) == JsonKind.STRING && value.length() >= 2
        ? value.part(1, value.length() - 2)
        : Slice.EMPTY;
  }

  private static int start(byte[] b, int from, int to, String key) {
    int p = JsonBytes.skipSpace(b, from, to);
    if (p >= to || b[p] != '{') {
      return -1;
    }
    p++;
    while (true) {
      p = JsonBytes.skipSpace(b, p, to);
      if (p >= to || b[p] != '"') {
        return -1;
      }
      int keyStart = p + 1;
      int keyEnd = JsonBytes.endOfString(b, keyStart, to);
      p = JsonBytes.skipSpace(b, Math.min(keyEnd + 1, to), to);
      p = JsonBytes.skipSpace(b, Math.min(p + 1, to), to);
      if (p >= to) {
        return -1;
      }
      if (JsonText.equals(b, keyStart, keyEnd, key)) {
        return p;
      }
      p = JsonBytes.skipSpace(b, JsonBytes.endOfValue(b, p, to), to);
      if (p >= to || b[p] != ',') {
        return -1;
      }
      p++;
    }
  }
}
