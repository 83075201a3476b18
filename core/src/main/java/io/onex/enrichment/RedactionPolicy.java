package io.onex.enrichment;

import io.onex.event.SensitiveKeys;
import io.onex.secret.NameWords;
import io.onex.secret.SecretNames;
import io.onex.secret.Sensitivity;
import java.util.Collection;
import java.util.List;

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

  public RedactionPolicy {
    sensitiveKeys = words("sensitive", sensitiveKeys);
    allowedKeys = words("allowed", allowedKeys);
  }

  @Override
  public boolean isSensitive(String key) {
    return sensitivity(key) == Sensitivity.SURE;
  }

  @Override
  public Sensitivity sensitivity(String key) {
    String words = NameWords.split(key);
    if (allowedKeys.contains(words)) {
      return Sensitivity.NONE;
    }
    return hasRun(words, sensitiveKeys) ? Sensitivity.SURE : SecretNames.sensitivity(words);
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
      String words = NameWords.split(key);
      if (words.isEmpty() || words.chars().filter(c -> c == ' ').count() >= LONGEST_RUN) {
        throw new IllegalArgumentException(
            "a " + what + " key has 1 to " + LONGEST_RUN + " words, unlike \"" + key + "\"");
      }
    }
    return keys.stream().map(NameWords::split).distinct().toList();
  }
}
