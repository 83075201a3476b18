package io.onex.secret;

/// Finds secrets whose name is itself a value: `{"name": "DB_PASSWORD", "value": "…"}`, in either
/// order, also in YAML, XML and forms.
///
/// One thread; part of [TextSecrets].
final class NamedPairs {
  private final TextSecrets text;

  /// Up to here a value belongs to a sensitive name that was met before.
  int pairUntil;

  /// A quoted value beside which its name may still come.
  private int earlyStart;

  private int earlyEnd;

  NamedPairs(TextSecrets text) {
    this.text = text;
  }

  void reset() {
    pairUntil = -1;
    earlyStart = -1;
  }

  /// With the value of a quoted member like `value` at `p`: remembers where it stands.
  void early(int p, boolean quoted) {
    byte[] b = text.b;
    int to = text.to;
    int start = Ascii.skipBlanks(b, p, to);
    int quote = start;
    while (quote < to && b[quote] == '\\') {
      quote++;
    }
    earlyStart = -1;
    if (quoted && quote < to && b[quote] == '"') {
      earlyStart = quote + 1;
      earlyEnd =
          TextValue.closingQuote(
              b, earlyStart, Math.min(to, quote + 4096), b[quote], quote - start);
    }
  }

  /// With the value of `"key"` at `p`: whether a member like `value` stands behind it.
  boolean hasValueBehind(int p) {
    byte[] b = text.b;
    int to = text.to;
    int start = Ascii.skipBlanks(b, p, to);
    if (start == to || !Ascii.isQuote(b[start])) {
      return false;
    }
    int q =
        TextValue.closingQuote(b, start + 1, Math.min(to, start + TextSecrets.NEAR), b[start], 0)
            + 1;
    while (q < to && (Ascii.isSpace(b[q]) || b[q] == ',' || Ascii.isQuote(b[q]))) {
      q++;
    }
    return q < to && b[q] == 'v';
  }

  /// With the value of a member like `name` at `p`: remembers when it names a secret.
  int pairName(int p, PairRole role) {
    byte[] b = text.b;
    int to = text.to;
    int start = Ascii.skipBlanks(b, p, to);
    while (start < to && (Ascii.isQuote(b[start]) || b[start] == '\\')) {
      start++;
    }
    int end = start;
    while (end < to && TextSecrets.NAME[b[end] & 0xff]) {
      end++;
    }
    if (end == start || (end < to && ":=/@+".indexOf(b[end]) >= 0) || isOperatorAt(end)) {
      return p;
    }
    text.names.look(b, start, end);
    boolean names2 = text.names.grade().compareTo(Sensitivity.LIKELY) >= 0;
    if (!names2 || (role == PairRole.TYPE && !TextSecrets.isPasswordName(b, start, end))) {
      return p;
    }
    pairUntil = end + TextSecrets.NEAR;
    if (earlyStart >= 0 && start - earlyEnd < TextSecrets.LONGEST_NAME) {
      text.mask(SecretKind.PAIR, earlyStart, earlyEnd);
      earlyStart = -1;
    }
    // A sentence or a call that begins with the name may tell the secret itself.
    boolean goesOn = end < to && (b[end] == ' ' || b[end] == '\t' || b[end] == '(');
    return goesOn ? start : formData(end);
  }

  private boolean isOperatorAt(int p) {
    byte[] b = text.b;
    int to = text.to;
    int q = p;
    while (q < to && Ascii.isQuote(b[q])) {
      q++;
    }
    q = Ascii.skipBlanks(b, q, to);
    return q < to && q > p && b[q] == '=';
  }

  /// The value of a part of a form (RFC 7578) stands behind an empty line.
  private int formData(int end) {
    byte[] b = text.b;
    int to = text.to;
    int p = end;
    while (p < to && (Ascii.isQuote(b[p]) || (b[p] == '\\' && p + 1 < to && b[p + 1] == '"'))) {
      p++;
    }
    int breaks = 0;
    while (p < to && Ascii.isLineBreak(b, p, to)) {
      breaks += b[p] == '\n' || (b[p] == '\\' && b[p + 1] == 'n') ? 1 : 0;
      p += b[p] == '\\' ? 2 : 1;
    }
    if (breaks < 2 || (p < to && ",:}]".indexOf(b[p]) >= 0)) {
      return end;
    }
    int line = text.endOfLine(p);
    pairUntil = -1;
    text.mask(SecretKind.PAIR, p, line);
    return line;
  }
}
