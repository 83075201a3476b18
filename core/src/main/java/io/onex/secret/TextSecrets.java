package io.onex.secret;

/// Finds the secrets in text: log lines, messages, addresses, commands, headers, and what is left
/// of JSON, YAML, XML and the like inside them.
///
/// One pass from word to word. A word is looked at closer only where what follows makes it a name
/// (`=`, `:`, a quote, `>`, `(`), an option or a scheme, or where its first two bytes begin a known
/// token. Escapes of JSON (`\"`, `\n`) are taken for what they stand for, so that text may be read
/// as it stands in a string.
///
/// Time is linear in the text: what is looked at ahead is bounded or masked, and then passed over.
/// Nothing is allocated but for names that were not met before and for what is found. One thread.
public final class TextSecrets {
  /// What stands in the place of a secret.
  public static final String MASK = "***";

  /// How far a value may be from what names it.
  static final int NEAR = 240;

  static final int LONGEST_NAME = 64;

  /// By byte, whether it belongs to a word.
  static final boolean[] NAME = new boolean[256];

  static {
    for (int i = 0; i < 256; i++) {
      NAME[i] = Ascii.isName((byte) i);
    }
  }

  final JudgedNames names;
  final SecretValue values = new SecretValue(this);
  final Assignments assignments = new Assignments(this);
  final IndentedValues indented = new IndentedValues(this);
  final NamedPairs pairs = new NamedPairs(this);
  final Sentences sentences = new Sentences(this);
  final Elements elements = new Elements(this);
  final Headers headers = new Headers(this);
  final CommandLine commands = new CommandLine(this);
  private final Addresses addresses = new Addresses(this);
  private final KeyMaterial material = new KeyMaterial(this);
  private MaskSink sink = (kind, from, to) -> {};

  byte[] b = {};
  int from;
  int to;

  /// The word before the one that is looked at.
  int earlierStart;

  int earlierEnd;

  public TextSecrets(NameJudge judge) {
    this.names = new JudgedNames(judge);
  }

  /// Tells `sink` of each secret in the bytes from `start` up to `end`.
  public void find(byte[] array, int start, int end, MaskSink sink) {
    this.b = array;
    this.from = start;
    this.to = end;
    this.sink = sink;
    earlierStart = start;
    earlierEnd = start;
    pairs.reset();
    elements.reset();
    material.reset();
    addresses.reset();
    headers.reset();
    commands.reset(start);
    int p = start;
    while (p < end) {
      p = NAME[array[p] & 0xff] ? word(p) : mark(p);
    }
  }

  /// The end of the token of a known shape that begins at `p` and is all of the text or a word in
  /// it; -1 when there is none.
  public static int token(byte[] b, int p, int to) {
    return TokenShapes.end(b, p, to);
  }

  /// Whether a text that begins so can be a token of a known shape.
  public static boolean mayBeToken(byte[] b, int p, int to) {
    return mayStartToken(b, p, to) || (to - p >= TokenShapes.LONG && b[p + 14] == '.');
  }

  private static boolean mayStartToken(byte[] b, int p, int to) {
    return to - p >= 16
        && (TokenShapes.mayStart(b[p], b[p + 1]) || (to - p >= 36 && b[p + 33] == 'u'));
  }

  /// Whether the bytes are what stands in the place of a secret.
  public static boolean isMask(byte[] b, int start, int end) {
    return end - start == MASK.length() && Ascii.startsWithExactly(b, start, end, MASK);
  }

  /// Whether a text under a key of this sensitivity is a secret, by its look where that counts.
  public static boolean isSecret(Sensitivity grade, byte[] b, int start, int end) {
    return switch (grade) {
      case NONE -> false;
      case DOUBTFUL -> Look.isToken(b, start, end);
      case LIKELY -> end > start && !Look.isProse(b, start, end) && !Look.isNumber(b, start, end);
      case SURE -> true;
    };
  }

  /// Whether the text is a name that says that a value beside it is a secret.
  public boolean isSecretName(byte[] array, int start, int end) {
    return names.isSecret(array, start, end);
  }

  /// Whether the text has the letters of a password.
  public static boolean isPasswordName(byte[] b, int start, int end) {
    for (int i = start; i + 2 < end; i++) {
      if (Ascii.startsWith(b, i, end, "pass") || Ascii.startsWith(b, i, end, "pwd")) {
        return true;
      }
    }
    return false;
  }

  void mask(SecretKind kind, int start, int end) {
    if (end > start && !Ascii.startsWithExactly(b, start, end, MASK)) {
      sink.found(kind, start, end);
    }
  }

  private int word(int begin) {
    int start = begin;
    if (start > from && b[start - 1] == '\\' && "nrt".indexOf(b[start]) >= 0) {
      start++;
      if (start == to || !NAME[b[start] & 0xff]) {
        return start;
      }
    }
    if (mayStartToken(b, start, to)) {
      int end = token(start);
      if (end > 0) {
        return end;
      }
    }
    if (b[start] == '-' && Ascii.startsWithExactly(b, start, to, "----")) {
      int end = material.pem(start);
      if (end > start) {
        return end;
      }
    }
    int key = material.keySecret(start);
    if (key > start) {
      return key;
    }
    int end = start + 1;
    while (end < to && NAME[b[end] & 0xff]) {
      end++;
    }
    if (end - start >= TokenShapes.LONG && token(start) == end) {
      return end;
    }
    if (b[start] == '-' && commands.isJoined(start, end)) {
      return commands.joinedPassword(start, end);
    }
    if (end == to) {
      return end;
    }
    int next = behind(start, end);
    earlierStart = start;
    earlierEnd = end;
    return Math.max(next, end);
  }

  /// Masks the token of a known shape that begins at `start`; answers its end, -1 when none does.
  private int token(int start) {
    int end = TokenShapes.end(b, start, to);
    if (end > 0) {
      material.met(start, end);
      mask(SecretKind.TOKEN, start, end);
    }
    return end;
  }

  /// Looks at the word by what stands behind it; answers where to go on.
  private int behind(int start, int end) {
    return switch (b[end]) {
      case ':' -> colon(start, end);
      case '=' -> assignments.operator(start, end, end, false);
      case '\\' ->
          end + 1 < to && b[end + 1] == 't'
              ? blank(start, end, end + 2)
              : assignments.quoted(start, end);
      case '"', '\'', '`', ']' -> assignments.quoted(start, end);
      case ' ', '\t' -> blank(start, end, end + 1);
      case '>' -> start == elements.tag ? elements.element(start, end) : end;
      case '(' -> assignments.call(start, end);
      case '|' -> sentences.spoken(start, end, end + 1);
      case '/' -> addresses.withSlash(b, start, end, to);
      default -> b[end] < 0 ? wide(start, end, end) : end;
    };
  }

  private int mark(int p) {
    switch (b[p]) {
      case '$' -> {
        int end = dollar(p);
        if (end > p) {
          return end;
        }
      }
      case '<' -> elements.tag = p + 1;
      case '}' -> pairs.reset();
      case '>' -> {
        if (p <= pairs.pairUntil && p > from && Ascii.isQuote(b[p - 1])) {
          pairs.pairUntil = -1;
          return elements.content(p + 1);
        }
      }
      default -> {
        if (b[p] < 0) {
          return Math.min(to, p + 3);
        }
      }
    }
    return p + 1;
  }

  private int dollar(int p) {
    int end = TokenShapes.passwordHash(b, p, to);
    int start = p;
    if (end < 0) {
      start = TokenShapes.startOfNamedHash(b, from, p);
      end = start < p ? TokenShapes.endOfNamedHash(b, p, to) : -1;
    }
    if (end > 0) {
      mask(SecretKind.PASSWORD_HASH, start, end);
      return end;
    }
    end = TokenShapes.paymentToken(b, from, p, to);
    if (end > 0) {
      mask(SecretKind.TOKEN, p, end);
    }
    return Math.max(end, p);
  }

  private int wide(int start, int end, int p) {
    char operator = Ascii.wideOperator(b, p, to);
    return operator == 0 ? end : assignments.assigned(start, end, p + 3, operator, false);
  }

  private int colon(int start, int end) {
    if (Ascii.startsWithExactly(b, end, to, "://")) {
      return addresses.userInfo(b, end + 3, to);
    }
    if (start == elements.tag) {
      elements.tag = end + 1;
      return end + 1;
    }
    if (Ascii.isDigit(b[end - 1])) {
      int token = TokenShapes.botToken(b, start, end, to);
      if (token > 0) {
        mask(SecretKind.TOKEN, end + 1, token);
        return token;
      }
    }
    if (b[end - 1] == 's' && Ascii.isWord(b, start, end, "private-lines")) {
      int next = material.privateLines(end + 1);
      if (next > end) {
        return next;
      }
    }
    if (b[start] == '-') {
      int next = commands.joined(start, end);
      if (next > end) {
        return next;
      }
    }
    int next = assignments.operator(start, end, end, false);
    return next > end ? next : addresses.withoutScheme(b, start, end, to);
  }

  int endOfLine(int p) {
    int q = p;
    while (q < to && !Ascii.isLineBreak(b, q, to)) {
      q++;
    }
    return q;
  }

  /// With blanks up to `behind` and perhaps more behind the word.
  private int blank(int start, int end, int behind) {
    int next = behind;
    while (next < to && Ascii.isBlank(b[next])) {
      next++;
    }
    if (next == to) {
      return end;
    }
    byte c = b[next];
    if (c <= '=') {
      if (c == ':' || c == '=') {
        return assignments.operator(start, end, next, false);
      }
      if (Ascii.wideOperator(b, next, to) != 0) {
        return wide(start, end, next);
      }
      if (c == '-' && next + 1 < to && b[next + 1] == '>') {
        return assignments.assigned(start, end, next + 2, ':', false);
      }
    }
    if (b[start] == '-') {
      return commands.option(start, end, next);
    }
    if (start == elements.tag) {
      return elements.element(start, end);
    }
    return switch (b[end - 1] | 0x20) {
      case 'r' -> Ascii.isWord(b, start, end, "bearer") ? headers.bearer(next, end) : end;
      case 'c' -> Ascii.isWord(b, start, end, "basic") ? headers.basic(next, end) : end;
      case 'd', 'e', 'n', 'y', 't', 's' ->
          sentences.mayBeSpoken(start, end) ? sentences.spoken(start, end, next) : end;
      default -> end;
    };
  }
}
