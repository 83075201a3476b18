package io.onex.secret;

/// Finds secrets by the name before them: `password=…`, `'api_key': '…'`, `["--password", "…"]`,
/// `setPassword("…")`.
///
/// One thread; part of [TextSecrets].
final class Assignments {
  private final TextSecrets text;

  Assignments(TextSecrets text) {
    this.text = text;
  }

  /// With `=`, `:`, `:=` or `=>` at `p`, behind the name.
  int operator(int start, int end, int p, boolean quoted) {
    byte[] b = text.b;
    int to = text.to;
    byte second = p + 1 < to ? b[p + 1] : 0;
    boolean colon = b[p] == ':';
    if (second == b[p] || (!colon && second == '~')) {
      // A comparison, or a type behind a name.
      return end;
    }
    int behind = colon ? (second == '=' ? p + 2 : p + 1) : second == '>' ? p + 2 : p + 1;
    return assigned(start, end, behind, colon && second != '=' ? ':' : '=', quoted);
  }

  int assigned(int start, int end, int behind, char operator, boolean quoted) {
    byte[] b = text.b;
    int from = text.from;
    int p = quoted ? Ascii.skipSpace(b, behind, text.to) : behind;
    if (end - start < 2 && !quoted && b[start] != 'k' && b[start] != 'v') {
      return end;
    }
    int header = text.headers.at(start, end, p);
    if (header != end) {
      return header;
    }
    text.names.look(b, start, end);
    Sensitivity grade = text.names.grade();
    boolean weak = text.names.isWeak() && !quoted;
    PairRole role = text.names.role();
    if (role == PairRole.NAME || role == PairRole.KEY || role == PairRole.TYPE) {
      int next = text.pairs.pairName(p, role);
      if (next > p) {
        return next;
      }
    } else if (role == PairRole.VALUE) {
      if (start <= text.pairs.pairUntil) {
        return text.values.value(p, end, Sensitivity.SURE, false, '=', SecretKind.PAIR);
      }
      text.pairs.early(p, quoted);
    }
    if (role == PairRole.KEY && quoted && text.pairs.hasValueBehind(p)) {
      return end;
    }
    if (operator == ':'
        && ((start > from && b[start - 1] == ':')
            || (Ascii.isWord(b, start, end, "pass") && b[start] == 'P'))
        && !quoted) {
      return end;
    }
    if (grade != Sensitivity.SURE || weak) {
      Sensitivity both = withEarlier(start, end);
      if (both == Sensitivity.SURE) {
        grade = both;
        weak = false;
      }
    }
    if (weak && operator == '=' && start > from && (b[start - 1] == '?' || b[start - 1] == '&')) {
      weak = false;
      grade = Sensitivity.LIKELY;
    }
    if (grade == Sensitivity.NONE) {
      return end;
    }
    if (grade == Sensitivity.DOUBTFUL && !weak && isNumber(p)) {
      return end;
    }
    if (operator == ':' && !quoted && !weak && grade == Sensitivity.SURE) {
      int below = text.indented.below(p, end);
      if (below > end) {
        return below;
      }
    }
    // One-time passwords and PINs are numbers.
    boolean certain = quoted || (weak && end - start == 3);
    int typed = operator == ':' && !quoted ? typed(p) : p;
    return text.values.value(
        typed, end, weak ? Sensitivity.DOUBTFUL : grade, certain, operator, SecretKind.ASSIGNED);
  }

  /// Whether a number stands at `p`, quoted or not.
  private boolean isNumber(int p) {
    byte[] b = text.b;
    int to = text.to;
    int q = Ascii.skipBlanks(b, p, to);
    while (q < to && (b[q] == '\\' || Ascii.isQuote(b[q]))) {
      q++;
    }
    int number = q;
    while (q < to && Ascii.isDigit(b[q])) {
      q++;
    }
    return q > number && (q == to || !Ascii.isName(b[q]));
  }

  /// Passes over the type in `password: string = "…"`, to the quote.
  private int typed(int p) {
    byte[] b = text.b;
    int to = text.to;
    int q = Ascii.skipBlanks(b, p, to);
    int most = Math.min(to, q + TextSecrets.LONGEST_NAME);
    while (q < most && (TextSecrets.NAME[b[q] & 0xff] || b[q] == '[' || b[q] == ']')) {
      q++;
    }
    int sign = Ascii.skipBlanks(b, q, to);
    if (sign == q || sign >= to || b[sign] != '=') {
      return p;
    }
    int quote = Ascii.skipBlanks(b, sign + 1, to);
    return quote < to && (Ascii.isQuote(b[quote]) || b[quote] == '\\') ? quote : p;
  }

  /// How sensitive the word is together with the one before, as in `API key`.
  Sensitivity withEarlier(int start, int end) {
    byte[] b = text.b;
    if (text.earlierEnd + 1 != start
        || b[text.earlierEnd] != ' '
        || text.earlierEnd <= text.earlierStart
        || !isSecondWord(start, end)) {
      return Sensitivity.NONE;
    }
    text.names.look(b, text.earlierStart, end);
    return text.names.grade();
  }

  private boolean isSecondWord(int start, int end) {
    byte[] b = text.b;
    return switch (end - start) {
      case 3 -> Ascii.isWord(b, start, end, "key") || Ascii.isWord(b, start, end, "str");
      case 4 ->
          Ascii.isWord(b, start, end, "keys")
              || Ascii.isWord(b, start, end, "code")
              || Ascii.isWord(b, start, end, "word");
      case 5 -> Ascii.isWord(b, start, end, "codes");
      case 6 ->
          Ascii.isWord(b, start, end, "string")
              || Ascii.isWord(b, start, end, "phrase")
              || Ascii.isWord(b, start, end, "answer")
              || Ascii.isWord(b, start, end, "number");
      default -> false;
    };
  }

  /// A word that a quote, a backslash or a bracket ends: `"password": `, `['password'] = `, and in
  /// lists `"--password", `.
  int quoted(int start, int end) {
    byte[] b = text.b;
    int to = text.to;
    int from = text.from;
    int p = end;
    while (p < to && p - end < 6 && ("\\]".indexOf(b[p]) >= 0 || Ascii.isQuote(b[p]))) {
      p++;
    }
    while (p > end && p < to && b[p - 1] == '\\' && "nrt".indexOf(b[p]) >= 0) {
      p--;
    }
    if (text.commands.isJoinedQuote(start, end)) {
      return text.values.value(end, end, Sensitivity.SURE, true, '=', SecretKind.OPTION);
    }
    boolean behindQuote = start > from && Ascii.isQuote(b[start - 1]);
    if (!behindQuote) {
      return end;
    }
    int mark = Ascii.skipSpace(b, p, to);
    if (mark == to) {
      return end;
    }
    return switch (b[mark]) {
      case ':', '=' -> operator(start, end, mark, true);
      case ',' -> argument(start, end, mark + 1);
      case '{' -> {
        text.names.look(b, start, end);
        text.pairs.pairUntil =
            text.names.grade() == Sensitivity.SURE ? mark + TextSecrets.NEAR : text.pairs.pairUntil;
        yield end;
      }
      default -> end;
    };
  }

  /// What follows a quoted option or name in a list.
  private int argument(int start, int end, int p) {
    byte[] b = text.b;
    int to = text.to;
    int q = Ascii.skipSpace(b, p, to);
    int slashes = 0;
    while (q < to && b[q] == '\\') {
      slashes++;
      q++;
    }
    if (q >= to || !Ascii.isQuote(b[q])) {
      return end;
    }
    int close = TextValue.closingQuote(b, q + 1, Math.min(to, q + 4096), b[q], slashes);
    if (close <= q + 1) {
      return end;
    }
    if (b[start] == '-') {
      return text.commands.argument(start, end, q + 1, close);
    }
    text.names.look(b, start, end);
    boolean secret =
        text.names.grade() == Sensitivity.SURE
            && Look.isPassword(b, q + 1, close)
            && ((isFirst(start - 1) && isLast(close)) || Look.isToken(b, q + 1, close));
    if (!secret) {
      return end;
    }
    text.mask(SecretKind.ARGUMENT, q + 1, close);
    return close;
  }

  private boolean isFirst(int quote) {
    byte[] b = text.b;
    int from = text.from;
    int p = quote;
    while (p > from && (b[p] == '\\' || Ascii.isQuote(b[p]) || Ascii.isSpace(b[p]))) {
      p--;
    }
    return b[p] == '[' || b[p] == '(';
  }

  private boolean isLast(int quote) {
    byte[] b = text.b;
    int to = text.to;
    int p = quote;
    while (p < to && (b[p] == '\\' || b[p] == ',' || Ascii.isQuote(b[p]) || Ascii.isSpace(b[p]))) {
      p++;
    }
    return p == to || b[p] == ']' || b[p] == ')';
  }

  /// `setPassword("…")`, `.withPassword('…')`, `password("…")`.
  int call(int start, int end) {
    byte[] b = text.b;
    int to = text.to;
    int p = end + 1;
    int q = p;
    while (q < to && b[q] == '\\') {
      q++;
    }
    if (q == to || !Ascii.isQuote(b[q])) {
      return end;
    }
    text.names.look(b, start, end);
    if (text.names.grade() != Sensitivity.SURE || text.names.isWeak() || reads(start, end)) {
      return end;
    }
    return text.values.value(p, end, Sensitivity.SURE, false, ':', SecretKind.ASSIGNED);
  }

  private boolean reads(int start, int end) {
    byte[] b = text.b;
    for (int i = start; i + 3 <= end; i++) {
      if (Ascii.startsWith(b, i, end, "get")
          || Ascii.startsWith(b, i, end, "find")
          || Ascii.startsWith(b, i, end, "read")
          || Ascii.startsWith(b, i, end, "load")
          || Ascii.startsWith(b, i, end, "fetch")) {
        return true;
      }
    }
    return false;
  }
}
