package io.onex.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Finds the credentials in HTTP headers and in what is quoted of them: Authorization (RFC 9110
/// section 11.6.2), cookies (RFC 6265), and `Bearer` or `Basic` alone.
///
/// One thread.
final class Headers {
  private static final int LONGEST_BASIC = 512;
  private static final String[] SCHEMES = {
    "basic",
    "bearer",
    "token",
    "apikey",
    "api-key",
    "negotiate",
    "ntlm",
    "key",
    "splunk",
    "ssws",
    "jwt",
    "genie",
    "sso-key",
    "kerberos",
    "privatekey",
    "dpop",
    "access",
    "oauth2"
  };

  /// Their credentials are parameters up to the end of the line.
  private static final String[] WITH_PARAMETERS = {
    "digest",
    "oauth",
    "hawk",
    "signature",
    "aws4-hmac-sha256",
    "aws",
    "mac",
    "gnap",
    "sharedkey",
    "sharedkeylite",
    "sharedaccesssignature",
    "hmac",
    "google"
  };

  private final TextSecrets text;

  /// Up to here no cookie stands.
  private int noCookieUntil;

  Headers(TextSecrets text) {
    this.text = text;
  }

  void reset() {
    noCookieUntil = 0;
  }

  /// Masks the value of a header that holds credentials, with `p` behind the colon; answers where
  /// to go on, `end` when the name is none of these headers or nothing is found.
  int at(int start, int end, int p) {
    byte[] b = text.b;
    int last = b[end - 1] | 0x20;
    if (last == 'n' || last == 'h') {
      boolean authorization =
          endsWith(start, end, "authorization") || endsWith(start, end, "authorisation");
      return authorization ? authorization(p, end) : end;
    }
    if (last == 'e') {
      if (endsWith(start, end, "set-cookie")) {
        return cookie(p, end, true);
      }
      if (endsWith(start, end, "cookie")) {
        return cookie(p, end, false);
      }
    }
    return end;
  }

  private boolean endsWith(int start, int end, String word) {
    int from = end - word.length();
    return from >= start
        && Ascii.startsWith(text.b, from, end, word)
        && (from == start || !Ascii.isLetter(text.b[from - 1]) || text.b[from] < 'a');
  }

  private int authorization(int p, int none) {
    byte[] b = text.b;
    int to = text.to;
    int start = Ascii.skipBlanks(b, p, to);
    int quotes = start;
    while (start < to && (b[start] == '[' || b[start] == '\\' || Ascii.isQuote(b[start]))) {
      start++;
    }
    boolean quoted = start > quotes;
    int end = endOfWord(start);
    if (end == start) {
      return none;
    }
    int next = Ascii.skipBlanks(b, end, to);
    boolean another = next > end && next < to && !Ascii.isLineBreak(b, next, to);
    if (another && isOneOf(start, end, WITH_PARAMETERS)) {
      int line = endOfHeader(next, quoted);
      text.mask(SecretKind.AUTHORIZATION, next, line);
      return line;
    }
    if (another && isOneOf(start, end, SCHEMES)) {
      return credentials(next, none, Ascii.startsWith(b, start, end, "b"));
    }
    if (Look.isProse(b, start, end)) {
      return none;
    }
    if (another && isName(start, end)) {
      int second = endOfWord(next);
      if (!Look.isProse(b, next, second) && Look.isPassword(b, next, second)) {
        text.mask(SecretKind.AUTHORIZATION, next, second);
        return second;
      }
    }
    boolean secret = quoted || Look.isPassword(b, start, end) || end - start >= 16;
    if (!secret) {
      return none;
    }
    text.mask(SecretKind.AUTHORIZATION, start, end);
    return end;
  }

  /// @param certain whether what follows this scheme is always a credential
  private int credentials(int start, int none, boolean certain) {
    int end = endOfWord(start);
    if (end == start || Look.isProse(text.b, start, end)) {
      return none;
    }
    if (!certain && !Look.isPassword(text.b, start, end) && end - start < 12) {
      return none;
    }
    text.mask(SecretKind.AUTHORIZATION, start, end);
    return end;
  }

  private boolean isName(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Ascii.isLetter(text.b[i]) && text.b[i] != '-') {
        return false;
      }
    }
    return true;
  }

  private int endOfWord(int start) {
    return TextValue.end(text.b, start, text.to, ':');
  }

  private boolean isOneOf(int start, int end, String[] words) {
    for (String word : words) {
      if (Ascii.isWord(text.b, start, end, word)) {
        return true;
      }
    }
    return false;
  }

  /// The end of the line or, inside quotes, of what is quoted: a quote that nothing of the header
  /// follows.
  private int endOfHeader(int p, boolean quoted) {
    byte[] b = text.b;
    int q = p;
    while (q < text.to && !Ascii.isLineBreak(b, q, text.to)) {
      if ((b[q] == '\'' && quoted) || (b[q] == '"' && endsQuoted(q))) {
        return q;
      }
      q++;
    }
    return q;
  }

  /// Whether the double quote at `q` opens or closes no parameter of the header.
  private boolean endsQuoted(int q) {
    byte[] b = text.b;
    int before = q - 1;
    while (before > text.from && b[before] == '\\') {
      before--;
    }
    if (b[before] == '=') {
      return false;
    }
    int after = q + 1;
    while (after < text.to && (b[after] == ',' || b[after] == ' ')) {
      after++;
    }
    return after == text.to || after == q + 1 || !Ascii.isLetter(b[after]) || b[q + 1] == ' ';
  }

  private int cookie(int p, int none, boolean set) {
    if (p < noCookieUntil) {
      return none;
    }
    byte[] b = text.b;
    int start = Ascii.skipBlanks(b, p, text.to);
    boolean quoted = false;
    while (start < text.to && (b[start] == '[' || b[start] == '\\' || Ascii.isQuote(b[start]))) {
      quoted |= Ascii.isQuote(b[start]);
      start++;
    }
    int end = start;
    boolean pair = false;
    while (end < text.to
        && !Ascii.isLineBreak(b, end, text.to)
        && b[end] != '\''
        && b[end] != '"') {
      if (set && b[end] == ';') {
        break;
      }
      pair |= b[end] == '=';
      end++;
    }
    while (end > start && b[end - 1] == '\\') {
      end--;
    }
    if (!pair) {
      noCookieUntil = end;
    }
    if (!pair && !(quoted && Look.isToken(b, start, end))) {
      return none;
    }
    text.mask(SecretKind.COOKIE, start, end);
    return end;
  }

  /// The token behind `Bearer`, from `start` on (RFC 6750 section 2.1).
  int bearer(int start, int none) {
    byte[] b = text.b;
    int from = start;
    while (from < text.to && (b[from] == '\\' || Ascii.isQuote(b[from]))) {
      from++;
    }
    int end = endOfWord(from);
    if (end - from < 2 || Look.isProse(b, from, end)) {
      return none;
    }
    boolean word = true;
    for (int i = from; i < end; i++) {
      word &= (b[i] >= 'a' && b[i] <= 'z') || b[i] < 0 || (i == from && Ascii.isLetter(b[i]));
    }
    if (word && end - from < 10) {
      return none;
    }
    text.mask(SecretKind.BEARER, from, end);
    return end;
  }

  /// The credentials behind `Basic`, from `start` on (RFC 7617), when they are base64 of a name, a
  /// colon and a password.
  int basic(int start, int none) {
    int end = endOfWord(start);
    while (end > start && !Ascii.isAlphanumeric(text.b[end - 1]) && text.b[end - 1] != '=') {
      end--;
    }
    if (end - start < 6 || end - start > LONGEST_BASIC) {
      return none;
    }
    String encoded = new String(text.b, start, end - start, StandardCharsets.ISO_8859_1);
    try {
      byte[] plain = Base64.getDecoder().decode(encoded.replace('-', '+').replace('_', '/'));
      boolean colon = false;
      for (byte c : plain) {
        colon |= c == ':';
        if (c >= 0 && c < ' ') {
          return none;
        }
      }
      if (!colon) {
        return none;
      }
    } catch (IllegalArgumentException notBase64) {
      return none;
    }
    text.mask(SecretKind.BASIC, start, end);
    return end;
  }
}
