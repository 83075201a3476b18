package io.onex.secret;

/// Finds the credentials in addresses: `scheme://user:password@host` (RFC 3986 section 3.2.1),
/// `https://token@host`, `user:password@host:port`, and the secret paths of web hooks.
///
/// One thread; linear, as what was seen to hold no `@` is not looked through again.
final class Addresses {
  private static final int LONGEST_PASSWORD = 128;
  private static final String[] WEB_HOOKS = {
    "hooks.slack.com/services/",
    "hooks.slack.com/workflows/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "outlook.office.com/webhook/",
    "hooks.zapier.com/hooks/catch/",
    "chat.googleapis.com/v1/spaces/"
  };

  /// The host of a web hook of Teams ends so, behind the name of a tenant.
  private static final String TEAMS_HOST = ".webhook.office.com";

  private static final String TEAMS_PATH = "/webhookb2/";

  /// Before a colon, these are no users.
  private static final String[] NO_USERS = {
    "mailto",
    "sip",
    "sips",
    "xmpp",
    "acct",
    "to",
    "from",
    "cc",
    "bcc",
    "mail",
    "email",
    "contact",
    "by",
    "author",
    "npm",
    "git",
    "docker",
    "image",
    "e-mail",
    "owner",
    "user",
    "reply-to"
  };

  private final TextSecrets text;
  private int noAtUntil;

  Addresses(TextSecrets text) {
    this.text = text;
  }

  void reset() {
    noAtUntil = 0;
  }

  /// With `p` behind `://`: masks the credentials before the host and answers where to go on.
  ///
  /// A password is what stands between the first colon and the last `@`. It is found even where it
  /// holds characters that should have been encoded; but a slash before any colon, or after nothing
  /// but digits (a port), begins the path, and then there is none.
  int userInfo(byte[] b, int p, int to) {
    int hook = webHook(b, p, to);
    if (hook > p) {
      return hook;
    }
    if (p < noAtUntil) {
      return p;
    }
    int colon = -1;
    int at = -1;
    boolean slash = false;
    int q = p;
    for (; q < to && !endsAddress(b, q, to); q++) {
      byte c = b[q];
      if (c == ':') {
        if (Ascii.startsWithExactly(b, q, to, "://")) {
          break;
        }
        colon = colon < 0 ? q : colon;
      } else if (c == '@') {
        at = q;
        if (colon < 0) {
          break;
        }
      } else if ((c == '?' || c == '#') && colon < 0) {
        break;
      } else if (c == '/' && !slash) {
        slash = true;
        if (colon < 0 || isPort(b, colon + 1, q)) {
          break;
        }
      }
    }
    if (at < 0) {
      noAtUntil = q;
      int path = q + TEAMS_PATH.length();
      if (slash
          && Ascii.startsWith(b, q, to, TEAMS_PATH)
          && Ascii.startsWith(b, q - TEAMS_HOST.length(), to, TEAMS_HOST)) {
        int end = TextValue.end(b, path, to, '=');
        text.mask(SecretKind.WEB_HOOK, path, end);
        return Math.max(end, p);
      }
      return p;
    }
    mask(b, p, colon, at);
    return at;
  }

  private void mask(byte[] b, int p, int colon, int at) {
    int user = colon < 0 ? at : colon;
    boolean token =
        TokenShapes.end(b, p, user) == user
            || Look.isToken(b, p, user)
            || ((colon < 0 || colon + 1 == at) && isBareToken(b, p, user));
    if (token) {
      text.mask(SecretKind.USER_INFO, p, user);
    }
    if (colon >= 0) {
      text.mask(SecretKind.USER_INFO, colon + 1, at);
    }
  }

  /// Whether a user without a password is a token: a web address needs no user otherwise.
  private static boolean isBareToken(byte[] b, int from, int to) {
    return (to - from >= 10 && Look.isPassword(b, from, to) && isWithoutMarks(b, from, to))
        || (to - from >= 24 && isWithoutMarks(b, from, to));
  }

  private static boolean isWithoutMarks(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '.' || b[i] == '%') {
        return false;
      }
    }
    return true;
  }

  private static boolean endsAddress(byte[] b, int q, int to) {
    byte c = b[q];
    return Ascii.isSpace(c)
        || c == '"'
        || c == '<'
        || c == '>'
        || c == '`'
        || (c == '\'' && !(q + 1 < to && Ascii.isAlphanumeric(b[q + 1])))
        || (c == '\\' && q + 1 < to && "nrt\"'\\".indexOf(b[q + 1]) >= 0);
  }

  private static boolean isPort(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(b[i])) {
        return false;
      }
    }
    return true;
  }

  private int webHook(byte[] b, int p, int to) {
    if (p >= to || "hdoc".indexOf(b[p]) < 0) {
      return p;
    }
    for (String hook : WEB_HOOKS) {
      if (Ascii.startsWith(b, p, to, hook)) {
        int end = TextValue.end(b, p, to, '=');
        text.mask(SecretKind.WEB_HOOK, p + hook.length(), end);
        return Math.max(end, p + 1);
      }
    }
    return p;
  }

  /// With a word before the colon: masks the password of `user:password@host` that stands without a
  /// scheme; answers where to go on, `colon` when there is none.
  int withoutScheme(byte[] b, int start, int colon, int to) {
    int most = Math.min(to, colon + LONGEST_PASSWORD);
    int at = colon + 1;
    while (at < most && b[at] != '@') {
      if (Ascii.isSpace(b[at]) || "/\\\"'<>,;".indexOf(b[at]) >= 0) {
        return colon;
      }
      at++;
    }
    if (at >= most || at == colon + 1 || isNoUser(b, start, colon) || !isHost(b, colon, at, to)) {
      return colon;
    }
    text.mask(SecretKind.USER_INFO, colon + 1, at);
    return at;
  }

  private static boolean isNoUser(byte[] b, int start, int end) {
    for (String word : NO_USERS) {
      if (Ascii.isWord(b, start, end, word)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a host stands behind the `@`: one with a port, or with dots where what is before the
  /// `@` looks like a password.
  private static boolean isHost(byte[] b, int colon, int at, int to) {
    if (Ascii.startsWith(b, at + 1, to, "tcp(") || Ascii.startsWith(b, at + 1, to, "unix(")) {
      return true;
    }
    boolean dot = false;
    boolean letter = false;
    int p = at + 1;
    int most = Math.min(to, p + 254);
    while (p < most && (Ascii.isAlphanumeric(b[p]) || b[p] == '.' || b[p] == '-')) {
      dot |= b[p] == '.';
      letter |= Ascii.isLetter(b[p]);
      p++;
    }
    if (p == at + 1
        || Ascii.isWord(b, at + 1, p, "sha256")
        || Ascii.isWord(b, at + 1, p, "sha512")) {
      return false;
    }
    if (p + 1 < to && b[p] == ':' && Ascii.isDigit(b[p + 1])) {
      return true;
    }
    return dot && letter && Look.isPassword(b, colon + 1, at);
  }

  /// With a word before the slash: masks the password of `user/password@//host`; answers where to
  /// go on, `slash` when there is none.
  int withSlash(byte[] b, int start, int slash, int to) {
    int most = Math.min(to, slash + LONGEST_PASSWORD);
    int at = slash + 1;
    while (at < most && b[at] != '@') {
      if (Ascii.isSpace(b[at]) || "/\\\"'<>,;".indexOf(b[at]) >= 0) {
        return slash;
      }
      at++;
    }
    boolean known =
        Ascii.startsWithExactly(b, at + 1, to, "//")
            || Ascii.startsWith(b, start - 5, to, "thin:")
            || Ascii.startsWith(b, start - 4, to, "oci:")
            || Ascii.startsWith(b, start - 8, to, "sqlplus ");
    if (at >= most || at == slash + 1 || !known) {
      return slash;
    }
    text.mask(SecretKind.USER_INFO, slash + 1, at);
    return at;
  }
}
