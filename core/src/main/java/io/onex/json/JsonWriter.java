package io.onex.json;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes compact JSON in UTF-8 into an array that grows as needed, and puts the commas itself.
///
/// ```java
/// json.beginObject().key("id").text("a\"b").key("raw").raw(metadata).endObject();
/// ```
///
/// Reusable after [#clear]; one thread at a time. Brackets are the caller's care: `{`, members,
/// `}`. Between documents, [#newLine] and [#literal] write what is not JSON.
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /// 00, 01 … 99.
  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private byte[] array;
  private int size;
  private boolean comma;

  /// @param initialBytes capacity to begin with, at least 1
  public JsonWriter(int initialBytes) {
    if (initialBytes < 1) {
      throw new IllegalArgumentException("the capacity is at least 1, not " + initialBytes);
    }
    array = new byte[initialBytes];
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /// The key of the next member; any text.
  public JsonWriter key(String name) {
    text(name);
    put((byte) ':');
    comma = false;
    return this;
  }

  /// The key of the next member, made beforehand.
  public JsonWriter key(JsonKey key) {
    before();
    put(key.json());
    comma = false;
    return this;
  }

  /// A string; escaped as needed. Unpaired surrogates become U+FFFD.
  public JsonWriter text(String text) {
    before();
    int length = text.length();
    reserve(length + 2);
    array[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putEscaped(wellFormed(text.substring(i)));
        break;
      }
      putEscaped((byte) c);
    }
    put((byte) '"');
    comma = true;
    return this;
  }

  /// A string whose text is given in valid UTF-8; escaped as needed.
  public JsonWriter text(Slice utf8) {
    before();
    put((byte) '"');
    putEscaped(utf8);
    put((byte) '"');
    comma = true;
    return this;
  }

  /// A string from bytes that already stood between quotes in JSON: copied, not escaped again.
  public JsonWriter escapedText(Slice inner) {
    before();
    int length = inner.length();
    reserve(length + 2);
    array[size] = '"';
    System.arraycopy(inner.array(), inner.offset(), array, size + 1, length);
    array[size + 1 + length] = '"';
    size += length + 2;
    comma = true;
    return this;
  }

  /// A string of 16 lower-case hex digits.
  public JsonWriter hex(long bits) {
    before();
    reserve(18);
    array[size] = '"';
    Id128.putHex(bits, array, size + 1);
    array[size + 17] = '"';
    size += 18;
    comma = true;
    return this;
  }

  /// A string of 32 lower-case hex digits.
  public JsonWriter hex(Id128 bits) {
    before();
    reserve(34);
    array[size] = '"';
    Id128.putHex(bits.high(), array, size + 1);
    Id128.putHex(bits.low(), array, size + 17);
    array[size + 33] = '"';
    size += 34;
    comma = true;
    return this;
  }

  /// The bits as a string in the shape of a UUID ([Id128#plainUuidUtf8]).
  public JsonWriter plainUuid(Id128 bits) {
    before();
    reserve(Id128.UUID_LENGTH + 2);
    array[size] = '"';
    bits.putPlainUuid(array, size + 1);
    array[size + 1 + Id128.UUID_LENGTH] = '"';
    size += Id128.UUID_LENGTH + 2;
    comma = true;
    return this;
  }

  /// A whole JSON value as it stands.
  public JsonWriter raw(Slice json) {
    before();
    put(json);
    comma = true;
    return this;
  }

  public JsonWriter number(long value) {
    before();
    reserve(20);
    if (value < 0) {
      array[size++] = '-';
    }
    // Below zero, where every number has its opposite; the other way round Long.MIN_VALUE has none.
    long rest = value < 0 ? value : -value;
    int digits = digits(rest);
    int p = size + digits;
    while (rest <= -10) {
      long tens = rest / 100;
      int pair = (int) (tens * 100 - rest) * 2;
      array[--p] = PAIRS[pair + 1];
      array[--p] = PAIRS[pair];
      rest = tens;
    }
    if (p > size) {
      array[size] = (byte) ('0' - rest);
    }
    size += digits;
    comma = true;
    return this;
  }

  /// A number in the shortest form that reads back the same; null when not finite, which JSON
  /// cannot say.
  public JsonWriter number(double value) {
    if (!Double.isFinite(value)) {
      return nullValue();
    }
    if (value == (long) value && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0)) {
      return number((long) value);
    }
    before();
    if (!decimal(value)) {
      ascii(Double.toString(value));
    }
    comma = true;
    return this;
  }

  /// Writes a number of at most 15 digits, six of them after the point, without garbage.
  ///
  /// No two decimals of up to 15 digits are the same double, so the one that reads back as `value`
  /// is also the shortest (W. Kahan, "Lecture notes on the status of IEEE 754", 1997, on 15
  /// digits).
  ///
  /// @return false when `value` is no such number and nothing was written
  private boolean decimal(double value) {
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e7) {
      return false;
    }
    long millionths = Math.round(size * 1e6);
    if (millionths / 1e6 != size) {
      return false;
    }
    comma = false;
    if (value < 0) {
      put((byte) '-');
    }
    number(millionths / 1_000_000);
    put((byte) '.');
    int rest = (int) (millionths % 1_000_000);
    do {
      rest *= 10;
      put((byte) ('0' + rest / 1_000_000));
      rest %= 1_000_000;
    } while (rest != 0);
    return true;
  }

  public JsonWriter bool(boolean value) {
    before();
    ascii(value ? "true" : "false");
    comma = true;
    return this;
  }

  public JsonWriter nullValue() {
    before();
    ascii("null");
    comma = true;
    return this;
  }

  /// A line feed between two documents, as in NDJSON.
  public JsonWriter newLine() {
    put((byte) '\n');
    comma = false;
    return this;
  }

  /// Bytes that are written as they are and after which no comma is due; ASCII.
  public JsonWriter literal(String ascii) {
    ascii(ascii);
    comma = false;
    return this;
  }

  /// As [#literal(String)], for what is written often.
  public JsonWriter literal(Slice ascii) {
    put(ascii.array(), ascii.offset(), ascii.length());
    comma = false;
    return this;
  }

  /// Bytes written so far.
  public int size() {
    return size;
  }

  /// Forgets what was written from `size` on, as if the calls since then had not been made; `size`
  /// is an earlier answer of [#size] at the start of a document.
  public void truncate(int size) {
    if (size < 0 || size > this.size) {
      throw new IllegalArgumentException("cannot cut " + this.size + " bytes back to " + size);
    }
    this.size = size;
    comma = false;
  }

  /// What was written: a view, valid until the next call that writes or clears.
  public Slice written() {
    return new Slice(array, 0, size);
  }

  /// A copy of what was written.
  public byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  public void clear() {
    size = 0;
    comma = false;
  }

  private JsonWriter open(char bracket) {
    before();
    put((byte) bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put((byte) bracket);
    comma = true;
    return this;
  }

  private void before() {
    if (comma) {
      put((byte) ',');
    }
  }

  private void putEscaped(Slice utf8) {
    byte[] b = utf8.array();
    int end = utf8.end();
    for (int p = utf8.offset(); p < end; ) {
      int clean = JsonBytes.endOfUnescaped(b, p, end);
      put(b, p, clean - p);
      if (clean < end) {
        putEscaped(b[clean]);
      }
      p = clean + 1;
    }
  }

  private void putEscaped(byte c) {
    if (c == '"' || c == '\\') {
      put((byte) '\\');
      put(c);
    } else if (c >= 0 && c < ' ') {
      putControl(c);
    } else {
      put(c);
    }
  }

  private void putControl(byte c) {
    put((byte) '\\');
    switch (c) {
      case '\n' -> put((byte) 'n');
      case '\r' -> put((byte) 'r');
      case '\t' -> put((byte) 't');
      default -> {
        ascii("u00");
        put(HEX[c >> 4]);
        put(HEX[c & 15]);
      }
    }
  }

  /// UTF-8 of the text; the JDK writes `?` for an unpaired surrogate, which would hide the damage.
  private static Slice wellFormed(String text) {
    StringBuilder fixed = new StringBuilder(text);
    for (int i = 0; i < fixed.length(); i++) {
      char c = fixed.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < fixed.length()
          && Character.isLowSurrogate(fixed.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        fixed.setCharAt(i, '\ufffd');
      }
    }
    return Slice.utf8(fixed.toString());
  }

  /// @param value 0 or less
  private static int digits(long value) {
    int digits = 1;
    for (long limit = -10; value <= limit && digits < 19; limit *= 10) {
      digits++;
    }
    return digits;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      array[size++] = (byte) text.charAt(i);
    }
  }

  private void put(byte c) {
    reserve(1);
    array[size++] = c;
  }

  private void put(Slice bytes) {
    put(bytes.array(), bytes.offset(), bytes.length());
  }

  private void put(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (more > array.length - size) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(size, more)));
    }
  }
}
