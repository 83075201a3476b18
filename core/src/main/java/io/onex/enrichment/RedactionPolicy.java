package io.onex.enrichment;

import io.onex.event.SensitiveKeys;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which values are replaced by `***` before an event is stored: those under a key that names a
/// secret.
///
/// A key is taken apart into words (`dbPassword`, `db_password`, `DB-Password` are all `db
/// password`) and is sensitive when a word or a run of words is on the list, so `kwargs_keys` or
/// `tokens_used` are not. Keys on the allow-list never are. Immutable, safe for use by many
/// threads. The list is that of ONEX's own redaction mixin and infrastructure sanitiser (onex-facts
/// g).
///
/// @param sensitiveKeys words or runs of words added to the built-in list, in any spelling
/// @param allowedKeys whole keys added to the built-in allow-list, in any spelling
public record RedactionPolicy(List<String> sensitiveKeys, List<String> allowedKeys)
    implements SensitiveKeys {
  /// The built-in lists alone.
  public static final RedactionPolicy DEFAULT = new RedactionPolicy(List.of(), List.of());

  private static final int LONGEST_RUN = 8;

  private static final Set<String> SENSITIVE =
      Set.of(
          "password",
          "passwords",
          "passwd",
          "passphrase",
          "pwd",
          "secret",
          "secrets",
          "token",
          "key",
          "credential",
          "credentials",
          "auth",
          "authorization",
          "bearer",
          "cert",
          "certificate",
          "signature",
          "hash",
          "salt",
          "apikey",
          "api keys",
          "access tokens",
          "refresh tokens",
          "accesskey",
          "privatekey",
          "secretkey",
          "accesstoken",
          "refreshtoken",
          "authtoken",
          "idtoken",
          "clientsecret",
          "session id",
          "sessionid",
          "cookie",
          "set cookie",
          "connection string",
          "connectionstring",
          "dsn",
          "jwt",
          "otp",
          "pin code");

  private static final Set<String> ALLOWED =
      Set.of(
          // Names and counts, not secrets.
          "kwargs keys",
          "key count",
          "key type",
          "key id",
          "key name",
          "token count",
          "token type",
          "token usage",
          "token limit",
          "token budget",
          "token expires at",
          "max token",
          "total token",
          "auth method",
          "auth type",
          "auth timestamp",
          "auth mode",
          "cert expires at",
          "certificate expires at",
          "signature algorithm",
          // What a record is found by.
          "partition key",
          "routing key",
          "message key",
          "dedup key",
          "deduplication key",
          "idempotency key",
          "primary key",
          "foreign key",
          "sort key",
          "cache key",
          "group key",
          "grouping key",
          "object key",
          "key path",
          // Fingerprints of what is public.
          "payload hash",
          "content hash",
          "file hash",
          "commit hash",
          "git hash",
          "schema hash",
          "input hash",
          "output hash",
          "body hash",
          "hash algorithm",
          "function signature",
          "type signature");

  public RedactionPolicy {
    sensitiveKeys = words("sensitive", sensitiveKeys);
    allowedKeys = words("allowed", allowedKeys);
  }

  @Override
  public boolean isSensitive(String key) {
    String words = words(key);
    if (ALLOWED.contains(words) || allowedKeys.contains(words)) {
      return false;
    }
    return hasRun(words, SENSITIVE) || hasRun(words, sensitiveKeys);
  }

  /// Whether any run of whole words of `words` is on the list. Runs have a bounded length, so that
  /// a key of very many words takes no longer than its size warrants.
  private static boolean hasRun(String words, Collection<String> list) {
    for (int from = 0; from >= 0; from = next(words, from)) {
      int to = from - 1;
      for (int count = 0; count < LONGEST_RUN && to < words.length(); count++) {
        int blank = words.indexOf(' ', to + 1);
        to = blank < 0 ? words.length() : blank;
        if (list.contains(words.substring(from, to))) {
          return true;
        }
      }
    }
    return false;
  }

  private static int next(String words, int from) {
    int blank = words.indexOf(' ', from);
    return blank < 0 ? -1 : blank + 1;
  }

  private static List<String> words(String what, List<String> keys) {
    for (String key : keys) {
      String words = words(key);
      if (words.isEmpty() || words.chars().filter(c -> c == ' ').count() >= LONGEST_RUN) {
        throw new IllegalArgumentException(
            "a " + what + " key has 1 to " + LONGEST_RUN + " words, unlike \"" + key + "\"");
      }
    }
    return keys.stream().map(RedactionPolicy::words).distinct().toList();
  }

  /// The words of a key in lower case with one blank between: `X-APIKey2` is `x api key2`.
  static String words(String key) {
    StringBuilder words = new StringBuilder(key.length() + 4);
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        separate(words);
        continue;
      }
      boolean afterLower = i > 0 && Character.isLowerCase(key.charAt(i - 1));
      boolean endsAcronym =
          i > 0
              && i + 1 < key.length()
              && Character.isUpperCase(key.charAt(i - 1))
              && Character.isLowerCase(key.charAt(i + 1));
      if (Character.isUpperCase(c) && (afterLower || endsAcronym)) {
        separate(words);
      }
      words.append(c);
    }
    return words.toString().strip().toLowerCase(Locale.ROOT);
  }

  private static void separate(StringBuilder words) {
    if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
      words.append(' ');
    }
  }
}
