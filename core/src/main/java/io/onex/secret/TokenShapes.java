package io.onex.secret;

import java.util.ArrayList;
import java.util.List;

/// Tokens that are known by their shape: a prefix of their maker, an alphabet and a length.
///
/// The shapes are those that the makers publish for scanners. Whether a text may begin with one is
/// told from its first two bytes, so that almost no text is looked at further. Pure; linear in the
/// length of what it reads.
final class TokenShapes {
  /// The characters behind the prefix.
  private enum Alphabet {
    HEX,
    UPPER,
    ALPHANUMERIC,
    /// And `_`, `-`.
    URL,
    /// And `.`.
    DOTTED;

    boolean has(byte c) {
      return switch (this) {
        case HEX -> Ascii.isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        case UPPER -> Ascii.isDigit(c) || (c >= 'A' && c <= 'Z');
        case ALPHANUMERIC -> Ascii.isAlphanumeric(c);
        case URL -> Ascii.isAlphanumeric(c) || c == '_' || c == '-';
        case DOTTED -> Ascii.isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
      };
    }
  }

  /// @param exact whether nothing of a name may follow behind `least` characters
  private record Shape(String prefix, Alphabet alphabet, int least, boolean exact) {}

  /// The least of 14 characters, `.atlasv1.` and 60 more.
  static final int LONG = 83;

  private static final int SHORTEST = 16;
  private static final int SHORTEST_SEGMENT = 10;
  private static final int SHORTEST_MIXED = 7;

  /// Behind prefixes that mean nothing else.
  private static final int SHORT = 10;

  private static final int GOOGLE = 33;
  private static final int LONGEST_HASH_NAME = 24;

  private static final Shape[] NO_SHAPES = {};

  /// A bit per second byte, by first byte, both modulo 64.
  private static final long[] STARTS = new long[64];

  private static final Shape[][] SHAPES = new Shape[64 * 64][];

  static {
    any(
        Alphabet.URL,
        30,
        "ghp_ gho_ ghu_ ghs_ ghr_ npm_ hf_ gsk_ lin_api_ lin_oauth_ fo1_ ntn_ glsa_ r8_");
    any(
        Alphabet.URL,
        20,
        "github_pat_ pat- sk_live_ sk_test_ rk_live_ rk_test_ whsec_ shpat_ shpss_"
            + " shpca_ shppa_ dckr_pat_ dckr_oat_ dop_v1_ doo_v1_ dor_v1_ figd_ sbp_ pscale_tkn_"
            + " pscale_pw_ pscale_oauth_ rubygems_ sntrys_ sntryu_ glc_ pnu_ tfp_ rdme_ aio_ bkua_ sgp_"
            + " secret_ CLOJARS_ CCIPAT_ PMAK- NRAK- NRII- NRJS- NRAA- sq0atp- sq0csp- sq0idp- GOCSPX-"
            + " tskey- xkeysib- xsmtpsib- pul- pplx- xai- sk-proj- sk-ant- sk-svcacct- sk-admin- sk-or-"
            + " lsv2_pt_ lsv2_sk_ nvapi- ATATT3 ATCTT3 ATBB AKCp8 HRKU- FLWSECK AGE-SECRET-KEY-1"
            + " waka_ phc_ phx_ pk_prod_ eg_live_ r_live_ cfut_ napi_ vcp_ vercel_blob_rw_ usr_pat_ tk-us- gpat_ dsec_"
            + " sk_prod_ shippo_live_ shippo_test_ EZAK EZTK duffel_live_ duffel_test_ fio-u- ico-"
            + " CFPAT- dt0c01. zpka_ ops_eyJ LTAI LTA5 AKID fm2_ FlyV1 rpa_ tgp_v1_ key_live_ key_test_");
    any(
        Alphabet.URL,
        SHORT,
        "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- gloas- glsoat-"
            + " glffct- glwt- GR1348941 xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxc- xoxd- xapp- pypi-AgE");
    any(
        Alphabet.DOTTED,
        20,
        "xoxe. xoxe- ya29. hvs. hvb. hvr. dp.pt. dp.st. dp.ct. dp.sa. dp.scim."
            + " SG. EAACEdEose0cBA dapi- snyk_uat. sk.eyJ");
    any(Alphabet.URL, 60, "EAA");
    any(Alphabet.URL, GOOGLE, "AIza");
    any(Alphabet.URL, 30, "1//0");
    any(Alphabet.URL, 32, "sk-");
    exact(Alphabet.UPPER, 16, "AKIA ASIA ABIA ACCA");
    exact(Alphabet.HEX, 32, "SK key- dapi pubkey-");
    exact(Alphabet.ALPHANUMERIC, 24, "s.");
    start((byte) 'e', (byte) 'y');
    for (byte second = '0'; second <= 'z'; second++) {
      start((byte) 'M', second);
      start((byte) 'N', second);
      start((byte) 'O', second);
    }
  }

  private TokenShapes() {}

  private static void any(Alphabet alphabet, int least, String prefixes) {
    add(alphabet, least, false, prefixes);
  }

  private static void exact(Alphabet alphabet, int length, String prefixes) {
    add(alphabet, length, true, prefixes);
  }

  private static void add(Alphabet alphabet, int least, boolean exact, String prefixes) {
    for (String prefix : prefixes.split(" ", -1)) {
      byte first = (byte) prefix.charAt(0);
      byte second = (byte) prefix.charAt(1);
      start(first, second);
      int place = place(first, second);
      List<Shape> shapes = new ArrayList<>();
      if (SHAPES[place] != null) {
        shapes.addAll(List.of(SHAPES[place]));
      }
      shapes.add(new Shape(prefix, alphabet, least, exact));
      SHAPES[place] = shapes.toArray(NO_SHAPES);
    }
  }

  private static void start(byte first, byte second) {
    STARTS[first & 63] |= 1L << (second & 63);
  }

  private static int place(byte first, byte second) {
    return (first & 63) << 6 | (second & 63);
  }

  /// Whether a token may begin with these two bytes; seldom true.
  static boolean mayStart(byte first, byte second) {
    return (STARTS[first & 63] >>> (second & 63) & 1) != 0;
  }

  /// The end of the token that begins at `p`, where the text before does not continue; -1 when
  /// there is none.
  static int end(byte[] b, int p, int to) {
    if (to - p < SHORTEST) {
      return -1;
    }
    if (mayStart(b[p], b[p + 1])) {
      Shape[] shapes = SHAPES[place(b[p], b[p + 1])];
      if (shapes != null) {
        for (Shape shape : shapes) {
          int end = end(shape, b, p, to);
          if (end >= 0) {
            return end;
          }
        }
      }
      if (b[p] == 'e') {
        return webToken(b, p, to);
      }
      if (b[p] == 'M' || b[p] == 'N' || b[p] == 'O') {
        return threeParts(b, p, to);
      }
      int made = b[p] == 'h' ? lettersOnly(b, p, to) : b[p] == 'p' ? twoParts(b, p, to) : -1;
      if (made > 0) {
        return made;
      }
    }
    if (to - p < 36) {
      return -1;
    }
    if (to - p >= LONG && b[p + 14] == '.') {
      return infrastructure(b, p, to);
    }
    return b[p + 32] == '-' && b[p + 33] == 'u' ? regional(b, p, to) : -1;
  }

  private static int end(Shape shape, byte[] b, int p, int to) {
    String prefix = shape.prefix();
    if (!Ascii.startsWithExactly(b, p, to, prefix)) {
      return -1;
    }
    int from = p + prefix.length();
    int end = from;
    boolean digit = false;
    boolean letter = false;
    while (end < to && shape.alphabet().has(b[end])) {
      digit |= Ascii.isDigit(b[end]);
      letter |= Ascii.isLetter(b[end]);
      end++;
    }
    if (end - from < shape.least() || !digit || !letter) {
      return -1;
    }
    if (shape.exact()) {
      boolean over = end - from > shape.least() || (end < to && Alphabet.URL.has(b[end]));
      return over ? -1 : end;
    }
    return shape.least() == SHORT || shape.least() == GOOGLE || isMadeUp(b, from, end) ? end : -1;
  }

  /// Whether what stands behind a prefix is more than names with dashes: some stretch without a
  /// mark is long or mixed.
  private static boolean isMadeUp(byte[] b, int from, int to) {
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || !Ascii.isAlphanumeric(b[i])) {
        if (i - start >= SHORTEST_MIXED && isMixed(b, start, i)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isMixed(byte[] b, int from, int to) {
    boolean digit = false;
    boolean letter = false;
    for (int i = from; i < to; i++) {
      digit |= Ascii.isDigit(b[i]);
      letter |= Ascii.isLetter(b[i]);
    }
    return digit && letter;
  }

  /// A JSON Web Token or encryption (RFC 7519, RFC 7516): parts of base64url with dots between, of
  /// which the first begins an object.
  private static int webToken(byte[] b, int p, int to) {
    if (!Ascii.startsWithExactly(b, p, to, "eyJ")) {
      return -1;
    }
    int dot = run(Alphabet.URL, b, p, to);
    if (dot - p < SHORTEST || dot == to || b[dot] != '.') {
      return -1;
    }
    int end = run(Alphabet.DOTTED, b, dot + 1, to);
    return end - dot > SHORTEST_SEGMENT ? end : -1;
  }

  /// A number of 18 to 20 digits as base64, a time and a signature: the token of a chat bot.
  private static int threeParts(byte[] b, int p, int to) {
    int first = run(Alphabet.URL, b, p, Math.min(to, p + 40));
    if (first - p < 23 || first == to || b[first] != '.') {
      return -1;
    }
    int second = run(Alphabet.URL, b, first + 1, Math.min(to, first + 10));
    if (second - first < 6 || second == to || b[second] != '.') {
      return -1;
    }
    int end = run(Alphabet.URL, b, second + 1, to);
    return end - second > 26 ? end : -1;
  }

  /// `hf_` and 34 letters, none of which has to be a digit.
  private static int lettersOnly(byte[] b, int p, int to) {
    int end = run(Alphabet.ALPHANUMERIC, b, p + 3, to);
    boolean whole = end - p == 37 && (end == to || !Alphabet.URL.has(b[end]));
    return whole && Ascii.startsWithExactly(b, p, to, "hf_") ? end : -1;
  }

  /// `pat`, 14 letters or digits, a dot and 64 hexadecimal digits.
  private static int twoParts(byte[] b, int p, int to) {
    if (to - p < 82 || b[p + 17] != '.' || !Ascii.startsWithExactly(b, p, to, "pat")) {
      return -1;
    }
    boolean whole =
        run(Alphabet.ALPHANUMERIC, b, p, to) == p + 17
            && run(Alphabet.HEX, b, p + 18, to) == p + 82
            && (to == p + 82 || !Alphabet.URL.has(b[p + 82]));
    return whole ? p + 82 : -1;
  }

  /// 14 letters or digits, `.atlasv1.` and 60 or more.
  private static int infrastructure(byte[] b, int p, int to) {
    if (!Ascii.startsWithExactly(b, p + 14, to, ".atlasv1.")
        || run(Alphabet.ALPHANUMERIC, b, p, to) != p + 14) {
      return -1;
    }
    int end = run(Alphabet.URL, b, p + 23, to);
    return end - p >= LONG ? end : -1;
  }

  /// The end of `$production$`, 16 and 32 hexadecimal digits with a dollar between, behind
  /// `access_token`, with `p` at the first dollar; -1 when it is none.
  static int paymentToken(byte[] b, int from, int p, int to) {
    if (p - from < 12 || !Ascii.startsWithExactly(b, p - 12, p, "access_token")) {
      return -1;
    }
    int kind = p + 1;
    int first = run(Alphabet.ALPHANUMERIC, b, kind, Math.min(to, kind + 16)) + 1;
    int second = run(Alphabet.HEX, b, first, Math.min(to, first + 40)) + 1;
    boolean parts = first > kind + 1 && second - first == 17 && b[first - 1] == '$' && second < to;
    if (!parts || b[second - 1] != '$') {
      return -1;
    }
    int end = run(Alphabet.HEX, b, second, to);
    return end - second >= 32 ? end : -1;
  }

  /// Where the name of a password hash begins whose first dollar stands at `p`: `pbkdf2_sha256$`,
  /// `pbkdf2:sha256:1000$`, `scrypt:32768:8:1$`; `p` when there is none.
  static int startOfNamedHash(byte[] b, int from, int p) {
    for (int i = Math.max(from, p - LONGEST_HASH_NAME); i < p; i++) {
      if (Ascii.startsWithExactly(b, i, p, "pbkdf2_sha")
          || Ascii.startsWithExactly(b, i, p, "pbkdf2:sha")
          || Ascii.startsWithExactly(b, i, p, "bcrypt_sha256")
          || Ascii.startsWithExactly(b, i, p, "scrypt:")) {
        int q = i;
        while (q < p && (Alphabet.URL.has(b[q]) || b[q] == ':')) {
          q++;
        }
        return q == p ? i : p;
      }
    }
    return p;
  }

  /// The end of the salt and the hash behind a name, with `p` at the dollar; -1 when it is none.
  static int endOfNamedHash(byte[] b, int p, int to) {
    int end = p;
    int dollars = 0;
    while (end < to && (Ascii.isAlphanumeric(b[end]) || "$./+=".indexOf(b[end]) >= 0)) {
      dollars += b[end] == '$' ? 1 : 0;
      end++;
    }
    return dollars >= 2 && end - p >= 30 ? end : -1;
  }

  /// 32 hexadecimal digits and a region, `-us12`.
  private static int regional(byte[] b, int p, int to) {
    if (run(Alphabet.HEX, b, p, to) != p + 32 || b[p + 34] != 's') {
      return -1;
    }
    int end = p + 35;
    while (end < to && Ascii.isDigit(b[end])) {
      end++;
    }
    return end > p + 35 ? end : -1;
  }

  /// The end of 35 characters behind a bot's number and a colon at `colon`; -1 when it is none.
  static int botToken(byte[] b, int from, int colon, int to) {
    int digits = colon;
    while (digits > from && Ascii.isDigit(b[digits - 1])) {
      digits--;
    }
    if (colon - digits < 8 || colon - digits > 10) {
      return -1;
    }
    int end = run(Alphabet.URL, b, colon + 1, Math.min(to, colon + 60));
    return end - colon - 1 >= 34 && end - colon - 1 <= 36 ? end : -1;
  }

  /// The end of a password hash of crypt (`$2b$12$…`, `$6$…`) or Argon2 that begins at the dollar
  /// at `p`; -1 when there is none.
  static int passwordHash(byte[] b, int p, int to) {
    int id = p + 1;
    while (id < to && id - p < 16 && (Ascii.isAlphanumeric(b[id]) || b[id] == '-')) {
      id++;
    }
    boolean known =
        (id - p == 2 && (b[p + 1] == '5' || b[p + 1] == '6' || b[p + 1] == '1' || b[p + 1] == 'y'))
            || (id - p == 3 && (b[p + 1] == '2' || b[p + 1] == 'g'))
            || Ascii.startsWithExactly(b, p + 1, to, "argon2")
            || Ascii.startsWithExactly(b, p + 1, to, "pbkdf2")
            || Ascii.startsWithExactly(b, p + 1, to, "scrypt");
    if (!known || id == to || b[id] != '$') {
      return -1;
    }
    int end = id;
    int dollars = 1;
    while (end < to && (Ascii.isAlphanumeric(b[end]) || "$./+=,-_".indexOf(b[end]) >= 0)) {
      dollars += b[end] == '$' ? 1 : 0;
      end++;
    }
    return dollars >= 3 && end - p >= 30 ? end : -1;
  }

  private static int run(Alphabet alphabet, byte[] b, int p, int to) {
    while (p < to && alphabet.has(b[p])) {
      p++;
    }
    return p;
  }
}
