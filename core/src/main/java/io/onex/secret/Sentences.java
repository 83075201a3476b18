package io.onex.secret;

/// Finds secrets that are told in words: `password hunter2`, `IDENTIFIED BY '…'`.
///
/// One thread; part of [TextSecrets].
final class Sentences {
  /// The ends of `password`, `passwd`, `pwd`, `passphrase`, `passcode`, `token`, `key`, `secret`,
  /// `requirepass`, `passwort`.
  private static final int ORD = 'o' << 16 | 'r' << 8 | 'd';

  private static final int SWD = 's' << 16 | 'w' << 8 | 'd';
  private static final int PWD = 'p' << 16 | 'w' << 8 | 'd';
  private static final int ASE = 'a' << 16 | 's' << 8 | 'e';
  private static final int ODE = 'o' << 16 | 'd' << 8 | 'e';
  private static final int KEN = 'k' << 16 | 'e' << 8 | 'n';
  private static final int KEY = 'k' << 16 | 'e' << 8 | 'y';
  private static final int RET = 'r' << 16 | 'e' << 8 | 't';
  private static final int ASS = 'a' << 16 | 's' << 8 | 's';
  private static final int ORT = 'o' << 16 | 'r' << 8 | 't';

  private final TextSecrets text;

  Sentences(TextSecrets text) {
    this.text = text;
  }

  /// Whether the word ends as those do that name secrets in sentences.
  boolean mayBeSpoken(int start, int end) {
    byte[] b = text.b;
    if (end - start < 3) {
      return Ascii.isWord(b, start, end, "by");
    }
    int tail = (b[end - 3] | 0x20) << 16 | (b[end - 2] | 0x20) << 8 | b[end - 1] | 0x20;
    return switch (tail) {
      case ORD, SWD, PWD, ASE, ODE, KEN, KEY, RET, ASS, ORT -> true;
      default -> false;
    };
  }

  /// `password hunter2`, `password is hunter2`, `API key …`: only what looks like a password or a
  /// token.
  int spoken(int start, int end, int next) {
    byte[] b = text.b;
    int to = text.to;
    if (end - start < 2 || Ascii.isWord(b, start, end, "is")) {
      return end;
    }
    if (Ascii.isWord(b, start, end, "by")
        && Ascii.isWord(b, text.earlierStart, text.earlierEnd, "identified")) {
      boolean hashed = Ascii.startsWith(b, next, to, "password ");
      return text.values.value(
          hashed ? next + "password ".length() : next,
          end,
          Sensitivity.SURE,
          true,
          '=',
          SecretKind.SPOKEN);
    }
    text.names.look(b, start, end);
    Sensitivity grade = text.names.isWeak() ? Sensitivity.NONE : text.names.grade();
    int last = b[end - 1] | 0x20;
    if (grade != Sensitivity.SURE && (last == 'y' || last == 'e')) {
      grade = text.assignments.withEarlier(start, end);
    }
    if (grade != Sensitivity.SURE) {
      return end;
    }
    boolean password = TextSecrets.isPasswordName(b, start, end);
    int p = filler(next);
    boolean quote = p < to && (Ascii.isQuote(b[p]) || b[p] == '\\');
    int slashes = 0;
    while (p < to && b[p] == '\\') {
      slashes++;
      p++;
    }
    if (p == to || (slashes > 0 && !Ascii.isQuote(b[p]))) {
      return end;
    }
    int inside = quote ? p + 1 : p;
    int close =
        quote
            ? TextValue.closingQuote(b, inside, Math.min(to, p + 4096), b[p], slashes)
            : TextValue.end(b, p, to, ':');
    boolean secret =
        close > inside
            && !Look.isProse(b, inside, close)
            && ((password && (quote || Look.isPassword(b, inside, close)))
                || Look.isToken(b, inside, close)
                || (last == 'e' && isCodeNumber(inside, close)));
    if (!secret) {
      return end;
    }
    text.mask(SecretKind.SPOKEN, inside, close);
    return close;
  }

  private boolean isCodeNumber(int start, int end) {
    byte[] b = text.b;
    return end - start >= 4 && end - start <= 8 && Look.isNumber(b, start, end);
  }

  /// Passes over `is`, `was`, `set to`, `for bob:`.
  private int filler(int next) {
    byte[] b = text.b;
    int to = text.to;
    int p = next;
    for (int i = 0; i < 4; i++) {
      if (Ascii.startsWith(b, p, to, "for ") || Ascii.startsWith(b, p, to, "generated for ")) {
        int colon = p;
        int most = Math.min(to, p + TextSecrets.LONGEST_NAME);
        while (colon < most && b[colon] != ':' && !Ascii.isLineBreak(b, colon, to)) {
          colon++;
        }
        boolean found = colon + 1 < most && b[colon] == ':' && b[colon + 1] == ' ';
        return found ? colon + 2 : p;
      }
      int end = p;
      while (end < to && end - p < 5 && Ascii.isLetter(b[end])) {
        end++;
      }
      boolean filler =
          Ascii.isWord(b, p, end, "is")
              || Ascii.isWord(b, p, end, "was")
              || Ascii.isWord(b, p, end, "to")
              || Ascii.isWord(b, p, end, "set")
              || Ascii.isWord(b, p, end, "of")
              || Ascii.isWord(b, p, end, "value");
      if (!filler) {
        break;
      }
      p = end;
      if (p < to && (b[p] == ':' || b[p] == '=')) {
        p++;
      }
      p = Ascii.skipBlanks(b, p, to);
    }
    return p;
  }
}
