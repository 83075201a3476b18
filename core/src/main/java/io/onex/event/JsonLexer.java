package io.onex.event;

import static io.onex.event.RefusalCode.BAD_ENCODING;
import static io.onex.event.RefusalCode.BAD_NUMBER;
import static io.onex.event.RefusalCode.NOT_JSON;

import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.json.JsonNumber;
import io.onex.json.JsonText;

/// Checks the strings, numbers and literals of JSON text (RFC 8259) while moving over them.
///
/// Strings are read eight bytes at a time as long as they are plain ASCII. Every method takes an
/// index and answers the index after what it read, or throws [JsonRefused]. One thread.
final class JsonLexer {
  /// The string holds an escape.
  static final int ESCAPED = 1;

  /// The string holds a mark from blank to `,` or from `:` to `@`, one of which is in every secret
  /// that is more than a token of a known shape.
  static final int SUSPECT = 1 << 1;

  /// The string holds ASCII, or a wide form of it, written as an escape, so that its bytes do not
  /// show what it says.
  static final int OBSCURED = 1 << 2;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long FROM_DASH = 0x80 - '-' & 0xff;
  private static final long FROM_COLON = 0x80 - ':' & 0xff;
  private static final long FROM_LETTER = 0x80 - 'A' & 0xff;

  /// The first byte of the wide forms of ASCII.
  private static final byte WIDE = (byte) 0xef;

  private static final int LONG_DIGITS = 19;

  /// A number of fewer characters and a shorter exponent than three digits fits a double.
  private static final int DOUBLE_DIGITS = 200;

  private final int maxNumberBytes;

  byte[] b = Slice.EMPTY.array();
  int to;

  /// What the last string held: bits of [#ESCAPED], [#SUSPECT], [#OBSCURED].
  int textFlags;

  /// Whether any number since [#reset] was an integer beyond 64 bits or other than an integer and
  /// beyond a double.
  boolean largeNumber;

  /// Whether white space since [#reset] held a line break.
  boolean lineBreaks;

  JsonLexer(int maxNumberBytes) {
    this.maxNumberBytes = maxNumberBytes;
  }

  void reset(byte[] array, int end) {
    b = array;
    to = end;
    textFlags = 0;
    largeNumber = false;
    lineBreaks = false;
  }

  /// The byte at `p`; 0, which is no part of JSON, at the end.
  byte at(int p) {
    return p < to ? b[p] : 0;
  }

  int space(int p) {
    return p < to && b[p] > ' ' ? p : someSpace(p);
  }

  private int someSpace(int from) {
    int p = from;
    while (p < to) {
      byte c = b[p];
      if (c == '\n' || c == '\r') {
        lineBreaks = true;
      } else if (c != ' ' && c != '\t') {
        return p;
      }
      p++;
    }
    return p;
  }

  /// Reads a string from just after its opening quote; answers the index of the closing one.
  ///
  /// Most strings are short and plain: they end here, the rest goes on in [#unusualText].
  int text(int p) {
    byte[] bytes = b;
    int lastWord = to - Long.BYTES;
    long suspect = 0;
    while (p <= lastWord) {
      long word = JsonBytes.word(bytes, p);
      long special = JsonBytes.special(word);
      if (special != 0) {
        suspect |= suspects(word) & ((special & -special) - 1);
        int at = p + (Long.numberOfTrailingZeros(special) >>> 3);
        if (bytes[at] == '"') {
          textFlags = suspect != 0 ? SUSPECT : 0;
          return at;
        }
        return unusualText(at, suspect);
      }
      suspect |= suspects(word);
      p += Long.BYTES;
    }
    return unusualText(p, suspect);
  }

  /// Goes on inside a string from a byte that needs a closer look, or near the end of the input.
  private int unusualText(int p, long suspectBefore) {
    byte[] bytes = b;
    int end = to;
    long suspect = suspectBefore;
    int flags = 0;
    while (p < end) {
      byte c = bytes[p];
      if (c == '"') {
        textFlags = flags | (suspect != 0 ? SUSPECT : 0);
        return p;
      }
      if (c == '\\') {
        flags |= ESCAPED;
        int next = escape(p);
        if (next < 0) {
          flags |= OBSCURED;
          next = -next;
        }
        p = next;
      } else if (c < 0) {
        suspect |= c == WIDE ? 1 : 0;
        p = multibyte(p);
      } else if (c < ' ') {
        throw new JsonRefused(
            NOT_JSON, p, "a control character inside a string has to be written as an escape");
      } else {
        suspect |= c < '-' || (c >= ':' && c <= '@') ? 1 : 0;
        p++;
      }
      while (p + Long.BYTES <= end) {
        long word = JsonBytes.word(bytes, p);
        long special = JsonBytes.special(word);
        if (special != 0) {
          suspect |= suspects(word) & ((special & -special) - 1);
          p += Long.numberOfTrailingZeros(special) >>> 3;
          break;
        }
        suspect |= suspects(word);
        p += Long.BYTES;
      }
    }
    throw new JsonRefused(NOT_JSON, end, "the text ends inside a string");
  }

  /// Non-zero when a byte of `word`, all ASCII, is one from blank to `,` or from `:` to `@`.
  private static long suspects(long word) {
    long low = ~(word + FROM_DASH * ONES);
    long marks = word + FROM_COLON * ONES & ~(word + FROM_LETTER * ONES);
    return (low | marks) & HIGH;
  }

  /// The index after the escape at `p`; negated when it stands for ASCII that need not be escaped.
  private int escape(int p) {
    return switch (at(p + 1)) {
      case '"', '\\', 'b', 'f', 'n', 'r', 't' -> p + 2;
      case '/' -> -(p + 2);
      case 'u' -> unicode(p);
      default ->
          throw new JsonRefused(
              NOT_JSON, p, "a backslash is followed by one of \" \\ / b f n r t u");
    };
  }

  private int unicode(int p) {
    int unit = unit(p);
    if (unit < 0x80 || unit >> 8 == 0xff) {
      return -(p + 6);
    }
    if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
      return p + 6;
    }
    if (unit <= Character.MAX_HIGH_SURROGATE && at(p + 6) == '\\' && at(p + 7) == 'u') {
      int low = unit(p + 6);
      if (low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE) {
        return p + 12;
      }
    }
    throw new JsonRefused(BAD_ENCODING, p, "an escape names half of a surrogate pair");
  }

  private int unit(int p) {
    int unit = p + 6 <= to ? JsonText.hex4(b, p + 2) : -1;
    if (unit < 0) {
      throw new JsonRefused(NOT_JSON, p, "\\u is followed by four hexadecimal digits");
    }
    return unit;
  }

  /// Reads one character of two to four bytes (RFC 3629, section 4).
  int multibyte(int p) {
    int lead = b[p] & 0xff;
    int second = p + 1 < to ? b[p + 1] & 0xff : 0;
    boolean good;
    int length;
    if (lead < 0xe0) {
      length = 2;
      good = lead >= 0xc2 && continues(second);
    } else if (lead < 0xf0) {
      length = 3;
      int lowest = lead == 0xe0 ? 0xa0 : 0x80;
      int highest = lead == 0xed ? 0x9f : 0xbf;
      good = second >= lowest && second <= highest && continues(at(p + 2));
    } else {
      length = 4;
      int lowest = lead == 0xf0 ? 0x90 : 0x80;
      int highest = lead == 0xf4 ? 0x8f : 0xbf;
      good =
          lead <= 0xf4
              && second >= lowest
              && second <= highest
              && continues(at(p + 2))
              && continues(at(p + 3));
    }
    if (!good) {
      throw new JsonRefused(BAD_ENCODING, p, "the bytes are not UTF-8");
    }
    return p + length;
  }

  /// The index of the first byte from `from` on that is not UTF-8; -1 when there is none.
  int notUtf8(int from) {
    try {
      int p = from;
      while (p < to) {
        p = b[p] >= 0 ? p + 1 : multibyte(p);
      }
      return -1;
    } catch (JsonRefused fault) {
      return fault.at;
    }
  }

  private static boolean continues(int c) {
    return (c & 0xc0) == 0x80;
  }

  /// Reads a number from its sign or first digit.
  int number(int p) {
    int start = p;
    if (at(p) == '-') {
      p++;
    }
    int digits = p;
    p = digits(p);
    boolean leadingZero = b[digits] == '0' && p > digits + 1;
    if (leadingZero) {
      throw new JsonRefused(BAD_NUMBER, digits, "a number does not start with a zero and a digit");
    }
    boolean integer = true;
    int exponentDigits = 0;
    if (at(p) == '.') {
      integer = false;
      p = digits(p + 1);
    }
    if (at(p) == 'e' || at(p) == 'E') {
      integer = false;
      p++;
      if (at(p) == '+' || at(p) == '-') {
        p++;
      }
      int exponent = p;
      p = digits(p);
      exponentDigits = p - exponent;
    }
    if (p - start > maxNumberBytes) {
      throw new JsonRefused(
          BAD_NUMBER, start, "a number is longer than " + maxNumberBytes + " characters");
    }
    if (integer
        ? p - digits >= LONG_DIGITS && beyondLong(digits, p, digits > start)
        : (exponentDigits >= 3 || p - start > DOUBLE_DIGITS) && beyondDouble(start, p)) {
      largeNumber = true;
    }
    return p;
  }

  private int digits(int p) {
    int start = p;
    while (p < to && b[p] >= '0' && b[p] <= '9') {
      p++;
    }
    if (p == start) {
      throw p >= to
          ? new JsonRefused(NOT_JSON, p, "the text ends inside a number")
          : new JsonRefused(BAD_NUMBER, p, "a number lacks a digit here");
    }
    return p;
  }

  private boolean beyondDouble(int from, int end) {
    return Double.isInfinite(JsonNumber.toDouble(b, from, end));
  }

  private boolean beyondLong(int from, int end, boolean negative) {
    if (end - from > LONG_DIGITS) {
      return true;
    }
    String most = negative ? "9223372036854775808" : "9223372036854775807";
    for (int i = 0; i < LONG_DIGITS; i++) {
      if (b[from + i] != most.charAt(i)) {
        return b[from + i] > most.charAt(i);
      }
    }
    return false;
  }

  /// Reads `word`, whose first character is known to stand at `p`.
  int literal(int p, String word) {
    for (int i = 1; i < word.length(); i++) {
      if (at(p + i) != word.charAt(i)) {
        throw unexpected(p, "a value");
      }
    }
    return p + word.length();
  }

  JsonRefused unexpected(int p, String expected) {
    if (p >= to) {
      return new JsonRefused(NOT_JSON, to, "the text ends where " + expected + " is expected");
    }
    if (b[p] < 0) {
      try {
        multibyte(p);
      } catch (JsonRefused notUtf8) {
        return notUtf8;
      }
    }
    return new JsonRefused(NOT_JSON, p, expected + " is expected here");
  }
}
