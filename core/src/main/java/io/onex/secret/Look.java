package io.onex.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells from its look whether a word is a credential or ordinary text. Asked only where a name
/// already makes one likely. Pure.
final class Look {
  private static final int SHORTEST_PASSWORD = 6;
  private static final int SHORTEST_TOKEN = 16;
  private static final int LONGEST_PROSE = 24;

  /// Words that follow `password:` and the like in sentences, forms and programs.
  private static final Set<String> PROSE =
      Set.copyOf(
          List.of(
              ("a an and are as at be been before but by can cannot could default denied did do does"
                      + " empty enabled disabled error expected expired failed failure false fields for from"
                      + " given had has have hidden if in incorrect invalid is it its length long"
                      + " mandatory masked match matches may mismatch missing must n/a na nil no none not"
                      + " null of off ok on only optional or policy present prompt provided redacted"
                      + " refused rejected required reset revoked set short should so that the this to"
                      + " too true undefined unknown unset used using valid value via was were when"
                      + " which will with without wrong yes you your accepted changed contains"
                      + " string str text int integer char bytes bool boolean varchar optional any object"
                      + " secretstr number type field function const let var return new self"
                      + " token tokens auth authentication authorization authorisation header headers"
                      + " scheme format security password passwords credentials key keys login mode"
                      + " configuration config check support type types plan usage min max minimum maximum"
                      + " between less more than at least most and/or pass fail passed skipped blocked"
                      + " created deleted updated found lookup handling generation validation service")
                  .split(" +", -1)));

  private Look() {}

  /// Whether the word is one of sentences and programs, or stands for a value that is not there:
  /// `${VAR}`, `%s`, `<redacted>`, `***`.
  static boolean isProse(byte[] b, int from, int to) {
    int start = from;
    int end = to;
    while (end > start && ".,;:!?)]}'\"".indexOf(b[end - 1]) >= 0) {
      end--;
    }
    if (end == start || isPlaceholder(b, start, end)) {
      return true;
    }
    int word = start;
    while (word < end && (b[word] < 0 || Ascii.isLetter(b[word]) || b[word] == '/')) {
      word++;
    }
    if (word == start || word - start > LONGEST_PROSE) {
      return false;
    }
    if (word < end && "[(".indexOf(b[word]) < 0) {
      return false;
    }
    return PROSE.contains(
        new String(b, start, word - start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
  }

  /// Whether it stands for a value that is not there.
  static boolean isPlaceholder(byte[] b, int from, int to) {
    byte c = b[from];
    byte second = from + 1 < to ? b[from + 1] : 0;
    return switch (c) {
      case '$' -> second == '{' || second == '(';
      case '{' -> second == '{' || second == '}';
      case '%' -> second == 's' || second == '(' || second == '{';
      case '<' -> isMarker(b, from + 1, to, '>');
      case '[' -> isMarker(b, from + 1, to, ']');
      case '(' -> isMarker(b, from + 1, to, ')');
      case '*', '.', '-', '_', '?' -> isOne(b, from, to);
      default -> (c == 'x' || c == 'X') && isOne(b, from, to);
    };
  }

  private static boolean isMarker(byte[] b, int from, int to, char end) {
    int p = from;
    while (p < to && (Ascii.isLetter(b[p]) || b[p] == ' ' || b[p] == '_' || b[p] == '-')) {
      p++;
    }
    return p > from && (p == to || b[p] == end);
  }

  private static boolean isOne(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] == b[from]) {
      p++;
    }
    return p == to && to - from >= 2;
  }

  /// Whether it is a number, with sign, point, unit of per cent or exponent.
  static boolean isNumber(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (Ascii.isDigit(b[p]) || "+-.,%/ ".indexOf(b[p]) >= 0)) {
      p++;
    }
    return p == to;
  }

  /// Whether a word may well be a password: some length, letters and digits or marks.
  static boolean isPassword(byte[] b, int from, int to) {
    if (to - from < SHORTEST_PASSWORD || b[from] == '/' || b[from] == '<' || b[from] == '(') {
      return false;
    }
    if (isDate(b, from, to) || isUuid(b, from, to)) {
      return false;
    }
    boolean letter = false;
    boolean digit = false;
    boolean mark = false;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == ':' && i + 2 < to && b[i + 1] == '/' && b[i + 2] == '/') {
        return false;
      }
      letter |= Ascii.isLetter(c);
      digit |= Ascii.isDigit(c);
      mark |= "!#$%^*~+&@".indexOf(c) >= 0;
    }
    return letter && (digit || mark);
  }

  private static boolean isDate(byte[] b, int from, int to) {
    return to - from >= 8
        && Ascii.isDigit(b[from])
        && Ascii.isDigit(b[from + 1])
        && (b[from + 4] == '-' || b[from + 2] == ':' || b[from + 4] == '/');
  }

  static boolean isUuid(byte[] b, int from, int to) {
    return to - from == 36
        && b[from + 8] == '-'
        && b[from + 13] == '-'
        && b[from + 18] == '-'
        && b[from + 23] == '-';
  }

  /// Whether it looks as if a machine made it at random: a long stretch of letters and digits that
  /// change too often for words.
  static boolean isToken(byte[] b, int from, int to) {
    if (to - from < SHORTEST_TOKEN || isUuid(b, from, to)) {
      return false;
    }
    int run = 0;
    int digits = 0;
    int changes = 0;
    int before = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      int kind = Ascii.isDigit(c) ? 1 : c >= 'a' && c <= 'z' ? 2 : c >= 'A' && c <= 'Z' ? 3 : 0;
      if (kind == 0) {
        if (c != '+' && c != '/' && c != '=' && c != '_' && c != '-' && c != '.' && c != '%') {
          return false;
        }
        if (c == '-' || c == '.' || c == '/' || c == '_') {
          run = 0;
          digits = 0;
          changes = 0;
          before = 0;
        }
        continue;
      }
      run++;
      digits += kind == 1 ? 1 : 0;
      changes += before != 0 && kind != before ? 1 : 0;
      before = kind;
      if (run >= SHORTEST_TOKEN
          && ((digits >= 2 && changes >= 4) || (digits >= 1 && changes >= 8))) {
        return true;
      }
    }
    return false;
  }
}
