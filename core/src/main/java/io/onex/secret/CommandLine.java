package io.onex.secret;

/// Finds the secrets among the options of commands: `--password …`, and behind known commands also
/// single letters: `curl -u name:…`, `mysql -p…`, `redis-cli -a …`.
///
/// One thread. Commands are looked for from where the last look ended, so that many options cost no
/// more than the length of the text.
final class CommandLine {
  /// Take `user:password` behind `-u`.
  private static final int WEB = 1;

  /// Take a password behind `-p`, joined or not.
  private static final int PASSWORD_P = 1 << 1;

  /// Take a password behind `-p`, joined only.
  private static final int JOINED_P = 1 << 2;

  private static final int PASSWORD_A = 1 << 3;
  private static final int PASSWORD_W = 1 << 4;

  private final TextSecrets text;
  private int seenTo;
  private int seen;

  CommandLine(TextSecrets text) {
    this.text = text;
  }

  void reset(int from) {
    seenTo = from;
    seen = 0;
  }

  /// What the words up to `p` say of single letters.
  private int seen(int p) {
    byte[] b = text.b;
    int word = seenTo;
    for (int i = seenTo; i < p; i++) {
      if (!Ascii.isName(b[i])) {
        seen |= command(word, i);
        word = i + 1;
      }
    }
    seenTo = Math.max(seenTo, word);
    return seen;
  }

  private int command(int start, int end) {
    byte[] b = text.b;
    return switch (end - start) {
      case 4 ->
          is(start, end, "curl") || is(start, end, "wget") || is(start, end, "http") ? WEB : 0;
      case 5 ->
          is(start, end, "mysql")
              ? JOINED_P
              : is(start, end, "mongo") || is(start, end, "login") ? PASSWORD_P : 0;
      case 7 ->
          is(start, end, "sshpass")
              ? PASSWORD_P | JOINED_P
              : is(start, end, "mariadb") ? JOINED_P : is(start, end, "mongosh") ? PASSWORD_P : 0;
      case 9 ->
          is(start, end, "mysqldump")
              ? JOINED_P
              : is(start, end, "redis-cli")
                  ? PASSWORD_A
                  : is(start, end, "mongodump") ? PASSWORD_P : 0;
      case 10 ->
          is(start, end, "mysqladmin")
              ? JOINED_P
              : is(start, end, "ldapsearch") || is(start, end, "ldapmodify") ? PASSWORD_W : 0;
      default -> Ascii.startsWith(b, start, end, "mysqlimport") ? JOINED_P : 0;
    };
  }

  private boolean is(int start, int end, String word) {
    return Ascii.isWord(text.b, start, end, word);
  }

  /// With the value of the option at `next`; answers where to go on.
  int option(int start, int end, int next) {
    byte[] b = text.b;
    if (b[next] == '-' || Ascii.isLineBreak(b, next, text.to)) {
      return end;
    }
    if (end - start == 2) {
      return letter(start, end, next);
    }
    if (isUser(start, end) && (seen(start) & WEB) != 0) {
      return user(next, end);
    }
    text.names.look(b, start, end);
    Sensitivity grade = text.names.grade();
    if (grade == Sensitivity.NONE) {
      return end;
    }
    if (text.names.isWeak()) {
      int stop = TextValue.end(b, next, text.to, ':');
      boolean secret = Look.isToken(b, next, stop) || Look.isPassword(b, next, stop);
      grade = secret ? Sensitivity.SURE : Sensitivity.NONE;
    }
    return text.values.value(next, end, grade, false, ':', SecretKind.OPTION);
  }

  /// With the quoted value of an option in a list from `from` up to `to`; answers where to go on.
  int argument(int start, int end, int from, int to) {
    byte[] b = text.b;
    boolean secret;
    int masked = from;
    if (end - start == 2 || isUser(start, end)) {
      int commands =
          end - start > 2
              ? WEB
              : switch (b[start + 1]) {
                case 'u', 'U' -> WEB;
                case 'p' -> PASSWORD_P | JOINED_P;
                case 'a' -> PASSWORD_A | WEB;
                case 'w' -> PASSWORD_W;
                default -> 0;
              };
      int found = commands == 0 ? 0 : seen(start) & commands;
      while (found == WEB && masked < to && b[masked] != ':') {
        masked++;
      }
      masked += found == WEB ? 1 : 0;
      // Behind an option that has its password joined, a name of a database may follow.
      secret =
          found == JOINED_P
              ? Look.isPassword(b, masked, to)
              : found != 0 && masked < to && !Look.isNumber(b, masked, to);
    } else {
      text.names.look(b, start, end);
      secret =
          text.names.isWeak()
              ? Look.isToken(b, from, to) || Look.isPassword(b, from, to)
              : b[from] != '-' && TextSecrets.isSecret(text.names.grade(), b, from, to);
    }
    if (!secret) {
      return end;
    }
    text.mask(SecretKind.ARGUMENT, masked, to);
    return to;
  }

  private boolean isUser(int start, int end) {
    return is(start, end, "--user") || is(start, end, "--proxy-user");
  }

  private int letter(int start, int end, int next) {
    int commands =
        switch (text.b[start + 1]) {
          case 'u', 'U' -> WEB;
          case 'p' -> PASSWORD_P;
          case 'a' -> PASSWORD_A | WEB;
          case 'w' -> PASSWORD_W;
          default -> 0;
        };
    int found = commands == 0 ? 0 : seen(start) & commands;
    if (found == 0) {
      return end;
    }
    return found == WEB
        ? user(next, end)
        : text.values.value(next, end, Sensitivity.LIKELY, false, ':', SecretKind.OPTION);
  }

  /// The password of `user:password`, quoted or not; no ids of user and group.
  private int user(int next, int none) {
    byte[] b = text.b;
    int start = next;
    while (start < text.to && (b[start] == '\\' || Ascii.isQuote(b[start]))) {
      start++;
    }
    int colon = start;
    while (colon < text.to
        && b[colon] != ':'
        && !Ascii.isSpace(b[colon])
        && !Ascii.isQuote(b[colon])) {
      colon++;
    }
    if (colon == text.to || b[colon] != ':') {
      return none;
    }
    int end =
        start > next ? closing(colon + 1, b[start - 1]) : TextValue.end(b, colon + 1, text.to, ' ');
    if (end <= colon + 1 || (Look.isNumber(b, colon + 1, end) && Look.isNumber(b, start, colon))) {
      return none;
    }
    text.mask(SecretKind.OPTION, colon + 1, end);
    return end;
  }

  private int closing(int p, byte quote) {
    int end = p;
    while (end < text.to && text.b[end] != quote) {
      end++;
    }
    while (end > p && text.b[end - 1] == '\\') {
      end--;
    }
    return end;
  }

  /// With a colon behind an option with its value joined: `-uname:…`.
  int joined(int start, int colon) {
    boolean user = colon - start > 2 && text.b[start + 1] == 'u' && (seen(start) & WEB) != 0;
    if (!user) {
      return colon;
    }
    int end = TextValue.end(text.b, colon + 1, text.to, ' ');
    text.mask(SecretKind.OPTION, colon + 1, end);
    return Math.max(end, colon);
  }

  /// Whether the word is an option that may have a password joined to it: `-psecret`.
  boolean isJoined(int start, int end) {
    return end - start > 2 && text.b[start + 1] == 'p' && (seen(start) & JOINED_P) != 0;
  }

  /// `-p'secret'`.
  boolean isJoinedQuote(int start, int end) {
    return end - start == 2
        && text.b[start] == '-'
        && text.b[start + 1] == 'p'
        && !(start > text.from && Ascii.isQuote(text.b[start - 1]))
        && (seen(start) & JOINED_P) != 0;
  }

  /// `-psecret`.
  int joinedPassword(int start, int end) {
    int stop = TextValue.end(text.b, start + 2, text.to, ' ');
    text.mask(SecretKind.OPTION, start + 2, stop);
    return Math.max(stop, end);
  }
}
