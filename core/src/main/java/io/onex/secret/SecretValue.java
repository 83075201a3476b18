package io.onex.secret;

/// Reads the value behind a name, an option or a word, and judges whether it is a secret: how much
/// that takes depends on how sure the name is.
///
/// One thread; part of [TextSecrets].
final class SecretValue {
  private final TextSecrets text;

  SecretValue(TextSecrets text) {
    this.text = text;
  }

  /// Masks the value that begins at `p` or behind blanks, when it is one; answers where to go on,
  /// `none` when there is none.
  int value(
      int p, int none, Sensitivity grade, boolean quotedName, char operator, SecretKind kind) {
    byte[] b = text.b;
    int to = text.to;
    int start = Ascii.skipBlanks(b, p, to);
    if (start + 1 < to && b[start] == '!' && b[start + 1] == '!') {
      // The tag of a type in YAML.
      while (start < to && !Ascii.isSpace(b[start])) {
        start++;
      }
      start = Ascii.skipBlanks(b, start, to);
    }
    if (start + 1 < to && "bru".indexOf(b[start]) >= 0 && Ascii.isQuote(b[start + 1])) {
      start++;
    }
    int slashes = 0;
    while (start + slashes < to && b[start + slashes] == '\\') {
      slashes++;
    }
    if (start + slashes < to && Ascii.isQuote(b[start + slashes])) {
      int inside = start + slashes + 1;
      if (isTriple(start, slashes)) {
        inside += 2 * (slashes + 1);
      }
      int end = TextValue.closingQuote(b, inside, to, b[start + slashes], slashes);
      return masked(inside, end, none, grade, operator == '=' || quotedName, kind);
    }
    if (start == to || slashes > 0) {
      return none;
    }
    if (isCode(p, start)) {
      return none;
    }
    if (b[start] == '{' || b[start] == '[') {
      if (isSchema(start)) {
        return none;
      }
      if (grade != Sensitivity.SURE || Look.isPlaceholder(b, start, to)) {
        return none;
      }
      int end = TextValue.endOfContainer(b, start, to);
      text.mask(kind, start, end);
      return end;
    }
    boolean certain = operator == '=' || quotedName;
    // What may turn out to be none is looked at in part, so that no text is looked through often.
    boolean whole = grade == Sensitivity.SURE;
    int most = whole ? to : Math.min(to, start + TextSecrets.NEAR);
    int end = TextValue.end(b, start, most, operator);
    if (isLiteral(start, end) || !isSecret(start, end, grade, certain)) {
      return none;
    }
    end = whole ? end : TextValue.end(b, start, to, operator);
    text.mask(kind, start, end);
    return end;
  }

  /// Whether three quotes begin here, and not an empty text.
  private boolean isTriple(int start, int slashes) {
    int unit = slashes + 1;
    if (text.to - start < 3 * unit) {
      return false;
    }
    for (int i = start; i < start + 2 * unit; i++) {
      if (text.b[i] != text.b[i + unit]) {
        return false;
      }
    }
    return true;
  }

  /// Whether a call, or a member of something, is assigned as in programs: ` = read(…)`.
  private boolean isCode(int p, int start) {
    byte[] b = text.b;
    int to = text.to;
    int from = text.from;
    if (start == p || p < from + 2 || b[p - 1] != '=' || b[p - 2] != ' ') {
      return false;
    }
    int q = start;
    int most = Math.min(to, q + TextSecrets.LONGEST_NAME);
    while (q < most && TextSecrets.NAME[b[q] & 0xff]) {
      q++;
    }
    return q > start && q < to && (b[q] == '(' || b[q] == '[');
  }

  /// Whether the object describes a value, as JSON Schema does.
  private boolean isSchema(int start) {
    byte[] b = text.b;
    int to = text.to;
    int p = start + 1;
    while (p < to && (b[p] == '\\' || b[p] == '"')) {
      p++;
    }
    return Ascii.startsWithExactly(b, p, to, "type")
        && p + 4 < to
        && !TextSecrets.NAME[b[p + 4] & 0xff];
  }

  private boolean isLiteral(int start, int end) {
    byte[] b = text.b;
    return Ascii.isWord(b, start, end, "null")
        || Ascii.isWord(b, start, end, "none")
        || Ascii.isWord(b, start, end, "true")
        || Ascii.isWord(b, start, end, "false")
        || Ascii.isWord(b, start, end, "undefined");
  }

  int masked(int start, int end, int none, Sensitivity grade, boolean certain, SecretKind kind) {
    if (end <= start || !isSecret(start, end, grade, certain)) {
      return none;
    }
    text.mask(kind, start, end);
    return end;
  }

  private boolean isSecret(int start, int end, Sensitivity grade, boolean certain) {
    byte[] b = text.b;
    return end > start
        && switch (grade) {
          case NONE -> false;
          case DOUBTFUL ->
              Look.isToken(b, start, end)
                  || (Look.isNumber(b, start, end)
                      && end - start >= 4
                      && end - start <= 8
                      && certain);
          case LIKELY -> !Look.isProse(b, start, end) && !Look.isNumber(b, start, end);
          case SURE -> certain ? !Look.isPlaceholder(b, start, end) : !Look.isProse(b, start, end);
        };
  }
}
