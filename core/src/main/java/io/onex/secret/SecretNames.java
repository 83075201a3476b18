package io.onex.secret;

import java.util.List;

/// The built-in judgement of names, by the words they are made of.
///
/// A name is what its words say together: `db_password` is sensitive, `password_policy` tells of a
/// password and holds none, `cache_key` finds something, `acme_key` may be either. Pure.
public final class SecretNames {
  private SecretNames() {}

  /// @param split the words of a name as [NameWords#split] gives them
  public static Sensitivity sensitivity(String split) {
    List<String> words = NameWords.known(split);
    int n = words.size();
    while (n > 1 && isNumber(words.get(n - 1))) {
      n--;
    }
    if (n == 0
        || (n > 1 && (isDescribed(words, n) || Vocabulary.ASKING.contains(words.getFirst())))) {
      return Sensitivity.NONE;
    }
    Sensitivity most = Sensitivity.NONE;
    for (int i = 0; i < n && most != Sensitivity.SURE; i++) {
      Sensitivity each = word(words, i, n);
      most = each.compareTo(most) > 0 ? each : most;
    }
    return most;
  }

  private static boolean isNumber(String word) {
    int from = word.startsWith("v") ? 1 : 0;
    return word.length() > from && word.chars().skip(from).allMatch(Character::isDigit);
  }

  /// Whether the name ends in what tells of a secret and is none.
  private static boolean isDescribed(List<String> words, int n) {
    String last = words.get(n - 1);
    if (!Vocabulary.DESCRIPTORS.contains(last)) {
      return false;
    }
    String before = words.get(n - 2);
    return switch (last) {
      case "id" ->
          !before.equals("session")
              && !before.equals("sess")
              && !before.equals("secret")
              && !(before.equals("key") && n > 2 && words.get(n - 3).equals("access"));
      case "number" -> !before.equals("card") && !before.equals("security");
      default -> true;
    };
  }

  private static Sensitivity word(List<String> words, int i, int n) {
    for (List<String> phrase : Vocabulary.PHRASES) {
      if (i + phrase.size() <= n && words.subList(i, i + phrase.size()).equals(phrase)) {
        return Sensitivity.SURE;
      }
    }
    String word = words.get(i);
    String before = i > 0 ? words.get(i - 1) : "";
    String after = i + 1 < n ? words.get(i + 1) : "";
    if (Vocabulary.SECRET.contains(word)) {
      return Vocabulary.DESCRIPTORS.contains(after) && !isId(words, i + 1, n)
          ? Sensitivity.NONE
          : Sensitivity.SURE;
    }
    return switch (word) {
      case "token" ->
          Vocabulary.COUNTED_TOKEN.contains(before) || Vocabulary.DESCRIPTORS.contains(after)
              ? Sensitivity.NONE
              : Sensitivity.SURE;
      case "tokens" ->
          n == 1 ? Sensitivity.DOUBTFUL : sure(Vocabulary.OWNED_TOKENS.contains(before));
      case "key" -> key(before, after, i + 2 < n ? words.get(i + 2) : "");
      case "keys" -> sure(Vocabulary.SECRET_KEY.contains(before));
      case "auth", "authorization", "authorisation", "oauth" ->
          after.isEmpty() || Vocabulary.AUTH_VALUE.contains(after)
              ? Sensitivity.SURE
              : Sensitivity.NONE;
      case "cert", "certificate" ->
          sure(
              after.isEmpty()
                  || after.equals("data")
                  || after.equals("pem")
                  || after.equals("body"));
      case "hash" -> sure(n == 1 || before.equals("pass") || before.equals("pw"));
      case "salt" -> !after.isEmpty() ? Sensitivity.NONE : sure(!before.equals("sea"));
      case "signature" -> sure(after.isEmpty() && !Vocabulary.OTHER_SIGNATURE.contains(before));
      case "sig" -> after.isEmpty() ? Sensitivity.LIKELY : Sensitivity.NONE;
      case "cookie", "cookies" -> sure(!Vocabulary.DESCRIPTORS.contains(after));
      case "pass" -> pass(before, after);
      case "pw" -> sure(after.isEmpty() || i == 0);
      case "pin" ->
          !after.isEmpty() ? Sensitivity.NONE : sure(n == 1 || Vocabulary.OWN_PIN.contains(before));
      case "code", "codes" -> sure(after.isEmpty() && Vocabulary.OPENING_CODE.contains(before));
      case "sid" -> n == 1 ? Sensitivity.DOUBTFUL : Sensitivity.NONE;
      default -> Sensitivity.NONE;
    };
  }

  private static boolean isId(List<String> words, int i, int n) {
    return i + 1 == n && words.get(i).equals("id");
  }

  private static Sensitivity sure(boolean secret) {
    return secret ? Sensitivity.SURE : Sensitivity.NONE;
  }

  private static Sensitivity key(String before, String after, String afterThat) {
    boolean id = after.equals("id") && afterThat.isEmpty();
    if (Vocabulary.SECRET_KEY.contains(before)) {
      return sure(id || !Vocabulary.DESCRIPTORS.contains(after));
    }
    if (Vocabulary.LOOKUP_KEY.contains(before) || Vocabulary.DESCRIPTORS.contains(after)) {
      return Sensitivity.NONE;
    }
    return before.isEmpty() && after.isEmpty() ? Sensitivity.SURE : Sensitivity.DOUBTFUL;
  }

  /// `db_pass` is a password; `pass` alone may count what passed, `pass_rate` does.
  private static Sensitivity pass(String before, String after) {
    if (!after.isEmpty()) {
      return sure(after.equals("hash") || after.equals("text") || after.equals("phrase"));
    }
    return before.isEmpty() ? Sensitivity.LIKELY : sure(!Vocabulary.OTHER_PASS.contains(before));
  }
}
