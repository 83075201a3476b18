package io.onex.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Takes names apart into words: `dbPassword`, `DB-PASSWORD` and `dbpassword2` are all `db`,
/// `password`.
///
/// Words that are written together are told apart by [Vocabulary]. Pure; linear in the length of
/// the name, as only words of bounded length are looked into.
public final class NameWords {
  /// Longer words are not taken apart by the vocabulary.
  private static final int LONGEST = 48;

  private static final int LONGEST_KNOWN = 24;

  private NameWords() {}

  /// The words of a name in lower case with one blank between: `X-APIKey2` is `x api key2`.
  public static String split(String name) {
    StringBuilder words = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        separate(words);
        continue;
      }
      boolean afterLower =
          i > 0
              && (Character.isLowerCase(name.charAt(i - 1))
                  || (i > 1 && Character.isDigit(name.charAt(i - 1))));
      boolean endsAcronym =
          i > 0
              && i + 1 < name.length()
              && Character.isUpperCase(name.charAt(i - 1))
              && Character.isLowerCase(name.charAt(i + 1));
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

  /// The words of a split name, those written together taken apart, without numbers behind.
  static List<String> known(String split) {
    List<String> words = new ArrayList<>();
    for (int from = 0; from < split.length(); ) {
      int blank = split.indexOf(' ', from);
      int to = blank < 0 ? split.length() : blank;
      add(withoutNumber(split.substring(from, to)), words);
      from = to + 1;
    }
    return words;
  }

  private static String withoutNumber(String word) {
    int end = word.length();
    while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
      end--;
    }
    return end < 2 ? word : word.substring(0, end);
  }

  private static void add(String word, List<String> words) {
    if (Vocabulary.isKnown(word) || word.length() < 4) {
      words.add(word);
      return;
    }
    if (word.length() <= LONGEST && segments(word, words)) {
      return;
    }
    for (String stem : Vocabulary.STEMS) {
      int at = word.indexOf(stem);
      if (at >= 0 && Vocabulary.isStem(word, stem, at)) {
        if (at > 0) {
          words.add(word.substring(0, at));
        }
        words.add(stem);
        if (at + stem.length() < word.length()) {
          words.add(word.substring(at + stem.length()));
        }
        return;
      }
    }
    if (word.endsWith("key") && word.length() > 5) {
      words.add(word.substring(0, word.length() - 3));
      words.add("key");
      return;
    }
    words.add(word);
  }

  /// Adds the fewest known words that together are `word`; answers whether there are such.
  private static boolean segments(String word, List<String> words) {
    int length = word.length();
    int[] count = new int[length + 1];
    int[] last = new int[length + 1];
    for (int to = 1; to <= length; to++) {
      count[to] = Integer.MAX_VALUE;
      for (int from = Math.max(0, to - LONGEST_KNOWN); from <= to - 2; from++) {
        if (count[from] < count[to] - 1 && Vocabulary.isKnown(word.substring(from, to))) {
          count[to] = count[from] + 1;
          last[to] = from;
        }
      }
    }
    if (count[length] == Integer.MAX_VALUE) {
      return false;
    }
    int at = words.size();
    for (int to = length; to > 0; to = last[to]) {
      words.add(at, word.substring(last[to], to));
    }
    return true;
  }
}
