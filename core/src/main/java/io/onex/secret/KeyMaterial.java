package io.onex.secret;

/// Finds keys that stand alone: PEM blocks, the private lines of PuTTY, and the secret that goes
/// with the id of an AWS key.
///
/// One thread; part of [TextSecrets].
final class KeyMaterial {
  /// Of base64 that something else than a line break follows.
  private static final int SHORTEST_LINE = 16;

  private final TextSecrets text;

  /// Whether the id of an AWS key was met, behind which its secret is to be expected.
  private boolean keyId;

  KeyMaterial(TextSecrets text) {
    this.text = text;
  }

  void reset() {
    keyId = false;
  }

  /// Told of each token of a known shape.
  void met(int start, int end) {
    keyId |= text.b[start] == 'A' && end - start == 20;
  }

  /// A PEM block (RFC 7468), or one of SSH2, to its end or that of the text.
  int pem(int start) {
    byte[] b = text.b;
    int to = text.to;
    int p = start;
    while (p < to && b[p] == '-') {
      p++;
    }
    p = Ascii.skipBlanks(b, p, to);
    if (!Ascii.startsWithExactly(b, p, to, "BEGIN ")) {
      return start;
    }
    p += 6;
    int label = p;
    while (p < to && ((b[p] >= 'A' && b[p] <= 'Z') || b[p] == ' ' || Ascii.isDigit(b[p]))) {
      p++;
    }
    if (p == label || (p < to && b[p] != '-')) {
      return start;
    }
    while (p < to && !Ascii.startsWithExactly(b, p, to, "END ")) {
      p++;
    }
    while (p < to && b[p] != '-') {
      p++;
    }
    while (p < to && b[p] == '-') {
      p++;
    }
    text.mask(SecretKind.PEM, start, p);
    return p;
  }

  /// The lines of base64 of a key of PuTTY, with `p` behind the name of their number; answers where
  /// to go on, `p` when there are none.
  int privateLines(int p) {
    byte[] b = text.b;
    int to = text.to;
    int q = Ascii.skipBlanks(b, p, to);
    int number = q;
    while (q < to && Ascii.isDigit(b[q])) {
      q++;
    }
    if (q == number) {
      return p;
    }
    int start = Ascii.skipSpace(b, q, to);
    int end = start;
    int line = start;
    while (line > q && line < to) {
      q = line;
      while (q < to && (Ascii.isAlphanumeric(b[q]) || "+/=".indexOf(b[q]) >= 0)) {
        q++;
      }
      boolean whole = q == to || Ascii.isLineBreak(b, q, to);
      if (q == line || (!whole && q - line < SHORTEST_LINE)) {
        break;
      }
      end = q;
      line = whole ? Ascii.skipSpace(b, q, to) : to;
    }
    text.mask(SecretKind.PEM, start, end);
    return end > start ? end : p;
  }

  /// The 40 characters of base64 that go with the id of an AWS key.
  int keySecret(int start) {
    if (!keyId) {
      return start;
    }
    byte[] b = text.b;
    int to = text.to;
    int p = start;
    boolean upper = false;
    boolean lower = false;
    while (p < to
        && p - start <= 40
        && (Ascii.isAlphanumeric(b[p]) || b[p] == '/' || b[p] == '+')) {
      upper |= b[p] >= 'A' && b[p] <= 'Z';
      lower |= b[p] >= 'a' && b[p] <= 'z';
      p++;
    }
    if (p - start != 40 || !upper || !lower) {
      return start;
    }
    text.mask(SecretKind.TOKEN, start, p);
    return p;
  }
}
