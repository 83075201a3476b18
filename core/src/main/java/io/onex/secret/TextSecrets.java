package io.onex.secret;

import io.onex.json.JsonText;
import java.nio.charset.StandardCharsets;

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

  private static final int NEAR = 240;
  private static final int LONGEST_NAME = 64;

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
  private static final boolean[] NAME = new boolean[256];

  static {
    for (int i = 0; i < 256; i++) {
      NAME[i] = Ascii.isName((byte) i);
    }
  }

  final JudgedNames names;
  private final Addresses addresses = new Addresses(this);
  private final Headers headers = new Headers(this);
  private final CommandLine commands = new CommandLine(this);
  private MaskSink sink = (kind, from, to) -> {};

  byte[] b = {};
  int from;
  int to;

  /// The word before the one that is looked at.
  private int earlierStart;

  private int earlierEnd;

  /// Up to here a value belongs to a sensitive name that was met before.
  private int pairUntil;

  /// A quoted value beside which its name may still come.
  private int earlyStart;

  private int earlyEnd;

  /// Where the name of an element begins that is not read to its end yet.
  private int tag;

  /// Whether the id of an AWS key was met, behind which its secret is to be expected.
  private boolean keyId;

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
    pairUntil = -1;
    earlyStart = -1;
    tag = -1;
    keyId = false;
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
    if (end - start > LONGEST_NAME) {
      return false;
    }
    int escape = start;
    while (escape < end && array[escape] != '\\') {
      escape++;
    }
    if (escape < end) {
      byte[] plain = JsonText.unescape(array, start, end).getBytes(StandardCharsets.UTF_8);
      names.look(plain, 0, plain.length);
    } else if (mayNameSecret(array, start, end)) {
      names.look(array, start, end);
    } else {
      return false;
    }
    return names.grade().compareTo(Sensitivity.LIKELY) >= 0 && !names.isAmbiguous();
  }

  /// Whether any three letters in it begin a word of secrets; ids and numbers have none.
  private static boolean mayNameSecret(byte[] b, int start, int end) {
    for (int p = start; p + 1 < end; p++) {
      int second = b[p + 1] | 0x20;
      boolean may =
          switch (b[p] | 0x20) {
            case 'p' -> second == 'a' || second == 'w' || second == 'i' || second == 's';
            case 's' -> second == 'e' || second == 'i' || second == 's';
            case 't' -> second == 'o';
            case 'k' -> second == 'e';
            case 'c' -> second == 'r' || second == 'o' || second == 'v' || second == 'a';
            case 'a' -> second == 'u' || second == 'p';
            case 'd' -> second == 's';
            case 'j' -> second == 'w';
            case 'o' -> second == 't';
            default -> b[p] < 0;
          };
      if (may) {
        return true;
      }
    }
    return false;
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
    if (mayBeToken(b, start, to)) {
      int end = TokenShapes.end(b, start, to);
      if (end > 0) {
        keyId |= b[start] == 'A' && end - start == 20;
        mask(SecretKind.TOKEN, start, end);
        return end;
      }
    }
    if (b[start] == '-' && Ascii.startsWithExactly(b, start, to, "----")) {
      int end = pem(start);
      if (end > start) {
        return end;
      }
    }
    if (keyId) {
      int end = keySecret(start);
      if (end > start) {
        return end;
      }
    }
    int end = start + 1;
    while (end < to && NAME[b[end] & 0xff]) {
      end++;
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

  /// Looks at the word by what stands behind it; answers where to go on.
  private int behind(int start, int end) {
    return switch (b[end]) {
      case ':' -> colon(start, end);
      case '=' -> operator(start, end, end, false);
      case '"', '\'', '`', '\\', ']' -> quoted(start, end);
      case ' ', '\t' -> blank(start, end);
      case '>' -> start == tag ? element(start, end) : end;
      case '(' -> call(start, end);
      case '|' -> spoken(start, end, end + 1);
      case '/' -> addresses.withSlash(b, start, end, to);
      default -> end;
    };
  }

  private int mark(int p) {
    switch (b[p]) {
      case '$' -> {
        int end = TokenShapes.passwordHash(b, p, to);
        if (end > 0) {
          mask(SecretKind.PASSWORD_HASH, p, end);
          return end;
        }
      }
      case '<' -> tag = p + 1;
      case '}' -> {
        pairUntil = -1;
        earlyStart = -1;
      }
      case '>' -> {
        if (p <= pairUntil && p > from && Ascii.isQuote(b[p - 1])) {
          pairUntil = -1;
          return content(p + 1);
        }
      }
      default -> {}
    }
    return p + 1;
  }

  // ---- Names and values

  private int colon(int start, int end) {
    if (Ascii.startsWithExactly(b, end, to, "://")) {
      return addresses.userInfo(b, end + 3, to);
    }
    if (start == tag) {
      tag = end + 1;
      return end + 1;
    }
    if (Ascii.isDigit(b[end - 1])) {
      int token = TokenShapes.botToken(b, start, end, to);
      if (token > 0) {
        mask(SecretKind.TOKEN, end + 1, token);
        return token;
      }
    }
    if (b[start] == '-') {
      int next = commands.joined(start, end);
      if (next > end) {
        return next;
      }
    }
    int next = operator(start, end, end, false);
    return next > end ? next : addresses.withoutScheme(b, start, end, to);
  }

  /// With `=`, `:`, `:=` or `=>` at `p`, behind the name.
  private int operator(int start, int end, int p, boolean quoted) {
    byte second = p + 1 < to ? b[p + 1] : 0;
    boolean colon = b[p] == ':';
    if (second == b[p] || (!colon && second == '~')) {
      // A comparison, or a type behind a name.
      return end;
    }
    int behind = colon ? (second == '=' ? p + 2 : p + 1) : second == '>' ? p + 2 : p + 1;
    return assigned(start, end, behind, colon && second != '=' ? ':' : '=', quoted);
  }

  private int assigned(int start, int end, int p, char operator, boolean quoted) {
    if (end - start < 2 && !quoted && b[start] != 'k' && b[start] != 'v') {
      return end;
    }
    int header = headers.at(start, end, p);
    if (header != end) {
      return header;
    }
    names.look(b, start, end);
    Sensitivity grade = names.grade();
    boolean weak = names.isWeak() && !quoted;
    PairRole role = names.role();
    if (role == PairRole.NAME || role == PairRole.KEY || role == PairRole.TYPE) {
      int next = pairName(p, role);
      if (next > p) {
        return next;
      }
    } else if (role == PairRole.VALUE) {
      if (start <= pairUntil) {
        return value(p, end, Sensitivity.SURE, false, '=', SecretKind.PAIR);
      }
      early(p, quoted);
    }
    if (role == PairRole.KEY && quoted && hasValueBehind(p)) {
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
    // One-time passwords and PINs are numbers.
    boolean certain = quoted || (weak && end - start == 3);
    int typed = operator == ':' && !quoted ? typed(p) : p;
    return value(
        typed, end, weak ? Sensitivity.DOUBTFUL : grade, certain, operator, SecretKind.ASSIGNED);
  }

  /// Passes over the type in `password: string = "…"`, to the quote.
  private int typed(int p) {
    int q = Ascii.skipBlanks(b, p, to);
    int most = Math.min(to, q + LONGEST_NAME);
    while (q < most && (NAME[b[q] & 0xff] || b[q] == '[' || b[q] == ']')) {
      q++;
    }
    int sign = Ascii.skipBlanks(b, q, to);
    if (sign == q || sign >= to || b[sign] != '=') {
      return p;
    }
    int quote = Ascii.skipBlanks(b, sign + 1, to);
    return quote < to && (Ascii.isQuote(b[quote]) || b[quote] == '\\') ? quote : p;
  }

  /// With the value of a quoted member like `value` at `p`: remembers where it stands.
  private void early(int p, boolean quoted) {
    int start = Ascii.skipBlanks(b, p, to);
    earlyStart = -1;
    if (quoted && start < to && b[start] == '"') {
      earlyStart = start + 1;
      earlyEnd = TextValue.closingQuote(b, earlyStart, Math.min(to, start + 4096), b[start], 0);
    }
  }

  /// With the value of `"key"` at `p`: whether a member like `value` stands behind it.
  private boolean hasValueBehind(int p) {
    int start = Ascii.skipBlanks(b, p, to);
    if (start == to || !Ascii.isQuote(b[start])) {
      return false;
    }
    int q = TextValue.closingQuote(b, start + 1, Math.min(to, start + NEAR), b[start], 0) + 1;
    while (q < to && (Ascii.isSpace(b[q]) || b[q] == ',' || Ascii.isQuote(b[q]))) {
      q++;
    }
    return q < to && b[q] == 'v';
  }

  /// How sensitive the word is together with the one before, as in `API key`.
  Sensitivity withEarlier(int start, int end) {
    if (earlierEnd + 1 != start
        || b[earlierEnd] != ' '
        || earlierEnd <= earlierStart
        || !isSecondWord(start, end)) {
      return Sensitivity.NONE;
    }
    names.look(b, earlierStart, end);
    return names.grade();
  }

  private boolean isSecondWord(int start, int end) {
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

  /// With the value of a member like `name` at `p`: remembers when it names a secret.
  private int pairName(int p, PairRole role) {
    int start = Ascii.skipBlanks(b, p, to);
    while (start < to && (Ascii.isQuote(b[start]) || b[start] == '\\')) {
      start++;
    }
    int end = start;
    while (end < to && NAME[b[end] & 0xff]) {
      end++;
    }
    if (end == start || (end < to && ":=/@+".indexOf(b[end]) >= 0) || isOperatorAt(end)) {
      return p;
    }
    names.look(b, start, end);
    boolean names2 = names.grade().compareTo(Sensitivity.LIKELY) >= 0;
    if (!names2 || (role == PairRole.TYPE && !isPasswordName(b, start, end))) {
      return p;
    }
    pairUntil = end + NEAR;
    if (earlyStart >= 0 && start - earlyEnd < LONGEST_NAME) {
      mask(SecretKind.PAIR, earlyStart, earlyEnd);
      earlyStart = -1;
    }
    // A sentence or a call that begins with the name may tell the secret itself.
    boolean goesOn = end < to && (b[end] == ' ' || b[end] == '\t' || b[end] == '(');
    return goesOn ? start : formData(end);
  }

  private boolean isOperatorAt(int p) {
    int q = Ascii.skipBlanks(b, p, to);
    return q < to && q > p && b[q] == '=';
  }

  /// The value of a part of a form (RFC 7578) stands behind an empty line.
  private int formData(int end) {
    int p = end;
    while (p < to && (Ascii.isQuote(b[p]) || (b[p] == '\\' && p + 1 < to && b[p + 1] == '"'))) {
      p++;
    }
    int breaks = 0;
    while (p < to && Ascii.isLineBreak(b, p, to)) {
      breaks += b[p] == '\n' || (b[p] == '\\' && b[p + 1] == 'n') ? 1 : 0;
      p += b[p] == '\\' ? 2 : 1;
    }
    if (breaks < 2) {
      return end;
    }
    int line = endOfLine(p);
    pairUntil = -1;
    mask(SecretKind.PAIR, p, line);
    return line;
  }

  int endOfLine(int p) {
    int q = p;
    while (q < to && !Ascii.isLineBreak(b, q, to)) {
      q++;
    }
    return q;
  }

  /// Masks the value that begins at `p` or behind blanks, when it is one; answers where to go on,
  /// `none` when there is none.
  int value(
      int p, int none, Sensitivity grade, boolean quotedName, char operator, SecretKind kind) {
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
      mask(kind, start, end);
      return end;
    }
    boolean certain = operator == '=' || quotedName;
    // What may turn out to be none is looked at in part, so that no text is looked through often.
    boolean whole = grade == Sensitivity.SURE;
    int most = whole ? to : Math.min(to, start + NEAR);
    int end = TextValue.end(b, start, most, operator);
    if (isLiteral(start, end) || !isSecret(start, end, grade, certain)) {
      return none;
    }
    end = whole ? end : TextValue.end(b, start, to, operator);
    mask(kind, start, end);
    return end;
  }

  /// Whether a call, or a member of something, is assigned as in programs: ` = read(…)`.
  private boolean isCode(int p, int start) {
    if (start == p || p < from + 2 || b[p - 1] != '=' || b[p - 2] != ' ') {
      return false;
    }
    int q = start;
    int most = Math.min(to, q + LONGEST_NAME);
    while (q < most && NAME[b[q] & 0xff]) {
      q++;
    }
    return q > start && q < to && (b[q] == '(' || b[q] == '[');
  }

  /// Whether the object describes a value, as JSON Schema does.
  private boolean isSchema(int start) {
    int p = start + 1;
    while (p < to && (b[p] == '\\' || b[p] == '"')) {
      p++;
    }
    return Ascii.startsWithExactly(b, p, to, "type") && p + 4 < to && !NAME[b[p + 4] & 0xff];
  }

  private boolean isLiteral(int start, int end) {
    return Ascii.isWord(b, start, end, "null")
        || Ascii.isWord(b, start, end, "none")
        || Ascii.isWord(b, start, end, "true")
        || Ascii.isWord(b, start, end, "false")
        || Ascii.isWord(b, start, end, "undefined");
  }

  private int masked(
      int start, int end, int none, Sensitivity grade, boolean certain, SecretKind kind) {
    if (end <= start || !isSecret(start, end, grade, certain)) {
      return none;
    }
    mask(kind, start, end);
    return end;
  }

  private boolean isSecret(int start, int end, Sensitivity grade, boolean certain) {
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

  // ---- Names that something else than an operator follows

  /// A word that a quote, a backslash or a bracket ends: `"password": `, `['password'] = `, and in
  /// lists `"--password", `.
  private int quoted(int start, int end) {
    int p = end;
    while (p < to && p - end < 6 && ("\\]".indexOf(b[p]) >= 0 || Ascii.isQuote(b[p]))) {
      p++;
    }
    if (commands.isJoinedQuote(start, end)) {
      return value(end, end, Sensitivity.SURE, true, '=', SecretKind.OPTION);
    }
    boolean behindQuote = start > from && Ascii.isQuote(b[start - 1]);
    int mark = Ascii.skipBlanks(b, p, to);
    if (mark == to || !behindQuote) {
      return end;
    }
    return switch (b[mark]) {
      case ':', '=' -> operator(start, end, mark, true);
      case ',' -> argument(start, end, mark + 1);
      case '{' -> {
        names.look(b, start, end);
        pairUntil = names.grade() == Sensitivity.SURE ? mark + NEAR : pairUntil;
        yield end;
      }
      default -> end;
    };
  }

  /// What follows a quoted option or name in a list.
  private int argument(int start, int end, int p) {
    int q = p;
    while (q < to && Ascii.isSpace(b[q])) {
      q++;
    }
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
      return commands.argument(start, end, q + 1, close);
    }
    names.look(b, start, end);
    boolean secret =
        names.grade() == Sensitivity.SURE
            && Look.isPassword(b, q + 1, close)
            && ((isFirst(start - 1) && isLast(close)) || Look.isToken(b, q + 1, close));
    if (!secret) {
      return end;
    }
    mask(SecretKind.ARGUMENT, q + 1, close);
    return close;
  }

  private boolean isFirst(int quote) {
    int p = quote;
    while (p > from && (b[p] == '\\' || Ascii.isQuote(b[p]) || Ascii.isSpace(b[p]))) {
      p--;
    }
    return b[p] == '[' || b[p] == '(';
  }

  private boolean isLast(int quote) {
    int p = quote;
    while (p < to && (b[p] == '\\' || Ascii.isQuote(b[p]) || Ascii.isSpace(b[p]))) {
      p++;
    }
    return p == to || b[p] == ']' || b[p] == ')';
  }

  private int blank(int start, int end) {
    int next = Ascii.skipBlanks(b, end, to);
    if (next == to) {
      return end;
    }
    if (b[next] == ':' || b[next] == '=') {
      return operator(start, end, next, false);
    }
    if (b[next] == '-' && next + 1 < to && b[next + 1] == '>') {
      return assigned(start, end, next + 2, ':', false);
    }
    if (b[start] == '-') {
      return commands.option(start, end, next);
    }
    if (start == tag) {
      return element(start, end);
    }
    return switch (b[end - 1] | 0x20) {
      case 'r' -> Ascii.isWord(b, start, end, "bearer") ? headers.bearer(next, end) : end;
      case 'c' -> Ascii.isWord(b, start, end, "basic") ? headers.basic(next, end) : end;
      case 'd', 'e', 'n', 'y', 't', 's' -> mayBeSpoken(start, end) ? spoken(start, end, next) : end;
      default -> end;
    };
  }

  /// Whether the word ends as those do that name secrets in sentences.
  private boolean mayBeSpoken(int start, int end) {
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
  private int spoken(int start, int end, int next) {
    if (end - start < 2 || Ascii.isWord(b, start, end, "is")) {
      return end;
    }
    if (Ascii.isWord(b, start, end, "by")
        && Ascii.isWord(b, earlierStart, earlierEnd, "identified")) {
      return value(next, end, Sensitivity.SURE, true, '=', SecretKind.SPOKEN);
    }
    names.look(b, start, end);
    Sensitivity grade = names.isWeak() ? Sensitivity.NONE : names.grade();
    int last = b[end - 1] | 0x20;
    if (grade != Sensitivity.SURE && (last == 'y' || last == 'e')) {
      grade = withEarlier(start, end);
    }
    if (grade != Sensitivity.SURE) {
      return end;
    }
    boolean password = isPasswordName(b, start, end);
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
    mask(SecretKind.SPOKEN, inside, close);
    return close;
  }

  private boolean isCodeNumber(int start, int end) {
    return end - start >= 4 && end - start <= 8 && Look.isNumber(b, start, end);
  }

  /// Passes over `is`, `was`, `set to`, `for bob:`.
  private int filler(int next) {
    int p = next;
    for (int i = 0; i < 4; i++) {
      if (Ascii.startsWith(b, p, to, "for ") || Ascii.startsWith(b, p, to, "generated for ")) {
        int colon = p;
        int most = Math.min(to, p + LONGEST_NAME);
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

  /// The content of an element whose name is sensitive: `<password>…</password>`.
  private int element(int start, int end) {
    tag = -1;
    names.look(b, start, end);
    Sensitivity grade = names.isWeak() ? Sensitivity.DOUBTFUL : names.grade();
    boolean paired = names.role() == PairRole.VALUE && start <= pairUntil;
    if (grade == Sensitivity.NONE && !paired) {
      if (names.role() == PairRole.NAME || names.role() == PairRole.KEY) {
        return Math.max(end, b[end] == '>' ? pairName(end + 1, names.role()) : end);
      }
      return end;
    }
    int most = Math.min(to, end + NEAR);
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
    return masked(inside, stop, end, paired ? Sensitivity.SURE : grade, true, SecretKind.ASSIGNED);
  }

  private int content(int p) {
    int stop = p;
    while (stop < to && b[stop] != '<') {
      stop++;
    }
    boolean text = stop > p && !Ascii.isSpace(b[p]);
    return text ? masked(p, stop, p, Sensitivity.SURE, true, SecretKind.PAIR) : p;
  }

  /// `setPassword("…")`, `.withPassword('…')`, `password("…")`.
  private int call(int start, int end) {
    int p = end + 1;
    int q = p;
    while (q < to && b[q] == '\\') {
      q++;
    }
    if (q == to || !Ascii.isQuote(b[q])) {
      return end;
    }
    names.look(b, start, end);
    if (names.grade() != Sensitivity.SURE || names.isWeak() || reads(start, end)) {
      return end;
    }
    return value(p, end, Sensitivity.SURE, false, ':', SecretKind.ASSIGNED);
  }

  private boolean reads(int start, int end) {
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

  // ---- What stands alone

  /// A PEM block (RFC 7468), or one of SSH2, to its end or that of the text.
  private int pem(int start) {
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
    mask(SecretKind.PEM, start, p);
    return p;
  }

  /// The 40 characters of base64 that go with the id of an AWS key.
  private int keySecret(int start) {
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
    mask(SecretKind.TOKEN, start, p);
    return p;
  }
}
