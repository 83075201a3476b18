package io.onex.secret;

/// Finds values of YAML that stand below their name: `password:` and a deeper line, or a block
/// behind `|` or `>`.
///
/// One thread; part of [TextSecrets].
final class IndentedValues {
  private final TextSecrets text;

  IndentedValues(TextSecrets text) {
    this.text = text;
  }

  /// Masks what stands below a sensitive name, with `p` behind its colon; answers where to go on,
  /// `none` when nothing does.
  int below(int p, int none) {
    byte[] b = text.b;
    int to = text.to;
    int q = Ascii.skipBlanks(b, p, to);
    boolean block = q < to && (b[q] == '|' || b[q] == '>');
    if (block) {
      q++;
      while (q < to && (b[q] == '+' || b[q] == '-' || Ascii.isDigit(b[q]))) {
        q++;
      }
      q = Ascii.skipBlanks(b, q, to);
    }
    int line = nextLine(q);
    int inside = Ascii.skipBlanks(b, line, to);
    if (line == q || inside == line || inside == to) {
      return none;
    }
    return block ? block(line, inside) : word(inside, none);
  }

  private int nextLine(int p) {
    int q = p;
    while (q < text.to && Ascii.isLineBreak(text.b, q, text.to)) {
      q += text.b[q] == '\\' ? 2 : 1;
    }
    return q;
  }

  /// All lines that are as deep as the first.
  private int block(int line, int inside) {
    byte[] b = text.b;
    int depth = inside - line;
    int end = text.endOfLine(inside);
    int next = nextLine(end);
    while (next > end && isAsDeep(b, next, depth)) {
      end = text.endOfLine(next);
      next = nextLine(end);
    }
    text.mask(SecretKind.ASSIGNED, inside, end);
    return end;
  }

  private boolean isAsDeep(byte[] b, int p, int depth) {
    if (text.to - p <= depth) {
      return false;
    }
    for (int i = p; i < p + depth; i++) {
      if (!Ascii.isBlank(b[i])) {
        return false;
      }
    }
    return true;
  }

  /// A quoted text, or one word with no other behind it that looks like a password.
  private int word(int inside, int none) {
    byte[] b = text.b;
    if (Ascii.isQuote(b[inside]) || b[inside] == '\\') {
      return text.values.value(inside, none, Sensitivity.SURE, false, ':', SecretKind.ASSIGNED);
    }
    int end = TextValue.end(b, inside, text.to, ':');
    int behind = Ascii.skipBlanks(b, end, text.to);
    if (end == inside
        || (behind > end && behind < text.to && !Ascii.isLineBreak(b, behind, text.to))) {
      return none;
    }
    boolean secret =
        b[end - 1] != ':' && (Look.isPassword(b, inside, end) || Look.isToken(b, inside, end));
    if (!secret) {
      return none;
    }
    text.mask(SecretKind.ASSIGNED, inside, end);
    return end;
  }
}
