package io.onex.json;

import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;

/// Text inside JSON strings: reading it without escapes, and writing it with them (RFC 8259,
/// section 7).
///
/// All functions are pure. Slices are the bytes between the quotes, of valid JSON.
public final class JsonText {
  private JsonText() {}

  /// The text that the escaped bytes stand for.
  public static String unescape(Slice inner) {
    return unescape(inner.array(), inner.offset(), inner.end());
  }

  /// Whether `text`, all ASCII, is what the escaped bytes stand for. Does not allocate unless the
  /// bytes hold an escape.
  public static boolean equals(Slice inner, String text) {
    return equals(inner.array(), inner.offset(), inner.end(), text);
  }

  /// The UTF-8 bytes that the escaped bytes stand for: the same slice when nothing is escaped.
  public static Slice utf8(Slice inner) {
    return firstEscape(inner.array(), inner.offset(), inner.end()) < 0
        ? inner
        : Slice.utf8(unescape(inner));
  }

  /// Whether the bytes hold a control character, which in valid JSON can only be white space
  /// between tokens other than a blank.
  public static boolean hasControl(Slice json) {
    return JsonBytes.firstControl(json.array(), json.offset(), json.end()) < json.end();
  }

  public static boolean equals(byte[] b, int from, int to, String text) {
    int length = text.length();
    if (to - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (b[from + i] != text.charAt(i)) {
        return firstEscape(b, from, to) >= 0 && unescape(b, from, to).equals(text);
      }
    }
    return to - from == length;
  }

  public static String unescape(byte[] b, int from, int to) {
    int p = firstEscape(b, from, to);
    if (p < 0) {
      return new String(b, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    while (p >= 0 && p + 1 < to) {
      text.append(new String(b, plain, p - plain, StandardCharsets.UTF_8));
      plain = appendEscape(b, p, to, text);
      p = firstEscape(b, plain, to);
    }
    return text.append(new String(b, plain, to - plain, StandardCharsets.UTF_8)).toString();
  }

  private static int appendEscape(byte[] b, int p, int to, StringBuilder text) {
    byte c = b[p + 1];
    if (c == 'u' && p + 6 <= to) {
      text.append((char) hex4(b, p + 2));
      return p + 6;
    }
    text.append(
        switch (c) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          default -> (char) c;
        });
    return p + 2;
  }

  /// The value of four hex digits at `p`, or -1 when one of them is none.
  public static int hex4(byte[] b, int p) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(b[p + i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  public static int firstEscape(byte[] b, int from, int to) {
    for (int p = from; p < to; p++) {
      if (b[p] == '\\') {
        return p;
      }
    }
    return -1;
  }
}
