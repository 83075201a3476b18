package io.onex.secret;

/// Finds secrets in the content of elements of XML: `<password>…</password>`.
///
/// One thread; part of [TextSecrets].
final class Elements {
  private final TextSecrets text;

  /// Where the name of an element begins that is not read to its end yet.
  int tag;

  Elements(TextSecrets text) {
    this.text = text;
  }

  void reset() {
    tag = -1;
  }

  /// The content of an element whose name is sensitive: `<password>…</password>`.
  int element(int start, int end) {
    byte[] b = text.b;
    int to = text.to;
    tag = -1;
    text.names.look(b, start, end);
    Sensitivity grade = text.names.isWeak() ? Sensitivity.DOUBTFUL : text.names.grade();
    boolean paired = text.names.role() == PairRole.VALUE && start <= text.pairs.pairUntil;
    if (grade == Sensitivity.NONE && !paired) {
      if (text.names.role() == PairRole.NAME || text.names.role() == PairRole.KEY) {
        return Math.max(end, b[end] == '>' ? text.pairs.pairName(end + 1, text.names.role()) : end);
      }
      return end;
    }
    int most = Math.min(to, end + TextSecrets.NEAR);
    int close = end;
    while (close < most && b[close] != '>') {
      close++;
    }
    if (close == most || b[close - 1] == '/') {
      return end;
    }
    int inside = close + 1;
    int stop = inside;
    while (stop < to && b[stop] != '<') {
      stop++;
    }
    return text.values.masked(
        inside, stop, end, paired ? Sensitivity.SURE : grade, true, SecretKind.ASSIGNED);
  }

  int content(int p) {
    byte[] b = text.b;
    int to = text.to;
    int stop = p;
    while (stop < to && b[stop] != '<') {
      stop++;
    }
    boolean filled = stop > p && !Ascii.isSpace(b[p]);
    return filled ? text.values.masked(p, stop, p, Sensitivity.SURE, true, SecretKind.PAIR) : p;
  }
}
