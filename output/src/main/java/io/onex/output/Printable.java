package io.onex.output;

import java.util.Locale;

/// Text of strangers made fit for a terminal: what would move the cursor, reorder the line or not
/// be seen at all stands there as an escape, `\n` or a backslash with `u` and the number.
///
/// Everything a command prints goes through here. Escaped are control characters, format characters
/// (bidirectional controls, zero widths), line and paragraph separators, halves of surrogate pairs,
/// what Unicode has not assigned, and letters and marks that show nothing. All else stays, also
/// combining marks, emoji and private use.
public final class Printable {
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;

  private Printable() {}

  /// One line or one cell.
  public static String text(String text) {
    return isPrintable(text) ? text : escaped(text, Printable::shown, false);
  }

  /// Several lines, such as a stack trace; tabs become blanks.
  public static String block(String text) {
    return escaped(text.replace("\r\n", "\n").replace("\t", "    "), Printable::shown, true);
  }

  /// The same JSON document with escapes in its strings: all that is escaped stands in one.
  public static String json(String document) {
    return escaped(document, Printable::units, true);
  }

  /// The same YAML document with escapes in its strings; those that need one are in double quotes.
  static String yaml(String document) {
    return escaped(document, Printable::yamlEscape, true);
  }

  static boolean isPrintable(String text) {
    int before = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isHidden(c, before)) {
        return false;
      }
      before = c;
      i += Character.charCount(c);
    }
    return true;
  }

  /// Writes one character that must not be printed.
  private interface Escape {
    void append(StringBuilder to, int character);
  }

  private static String escaped(String text, Escape escape, boolean lines) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    int before = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isHidden(c, before) && !(lines && c == '\n')) {
        escape.append(escaped, c);
      } else {
        escaped.appendCodePoint(c);
      }
      before = c;
      i += Character.charCount(c);
    }
    return escaped.toString();
  }

  /// @param before the character that stands before `c`: behind a pictograph, a selector of its
  ///   style is seen
  private static boolean isHidden(int c, int before) {
    if (c < 0x7F) {
      return c < ' ';
    }
    if (c == TEXT_STYLE || c == EMOJI_STYLE) {
      return !Character.isExtendedPictographic(before);
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> showsNothing(c);
    };
  }

  /// Default_Ignorable_Code_Point of Unicode, those of other categories than the above, and the
  /// blank of Braille.
  private static boolean showsNothing(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800
        || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFFA0
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }

  private static void shown(StringBuilder to, int c) {
    switch (c) {
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        if (Character.isBmpCodePoint(c)) {
          to.append("\\u").append(hex(c, 4));
        } else {
          to.append("\\u{").append(Integer.toHexString(c)).append('}');
        }
      }
    }
  }

  private static void units(StringBuilder to, int c) {
    for (char unit : Character.toChars(c)) {
      to.append("\\u").append(hex(unit, 4));
    }
  }

  private static void yamlEscape(StringBuilder to, int c) {
    if (Character.isBmpCodePoint(c)) {
      to.append("\\u").append(hex(c, 4));
    } else {
      to.append("\\U").append(hex(c, 8));
    }
  }

  private static String hex(int c, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "x", c);
  }
}
