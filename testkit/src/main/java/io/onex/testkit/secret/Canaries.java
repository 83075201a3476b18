package io.onex.testkit.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the gaps of a form (`password=«pw»`) with secrets that occur nowhere else, and remembers
/// them. The same seed gives the same secrets. One thread.
final class Canaries {
  private static final Pattern GAP = Pattern.compile("«([a-z]+)([0-9]*)»");
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  private final Random random;

  Canaries(long seed) {
    this.random = new Random(seed);
  }

  /// A form whose gaps are filled.
  ///
  /// @param secrets what must not be seen again
  record Filled(String text, List<String> secrets) {}

  Filled fill(String form) {
    List<String> secrets = new ArrayList<>();
    Matcher gaps = GAP.matcher(form);
    StringBuilder text = new StringBuilder();
    while (gaps.find()) {
      int length = gaps.group(2).isEmpty() ? 10 : Integer.parseInt(gaps.group(2));
      String secret = secret(gaps.group(1), length);
      secrets.add(secret);
      gaps.appendReplacement(text, Matcher.quoteReplacement(secret));
    }
    gaps.appendTail(text);
    return new Filled(text.toString(), List.copyOf(secrets));
  }

  private String secret(String kind, int length) {
    return switch (kind) {
      case "pw" -> mixed(LOWER + UPPER + DIGITS, length);
      case "special" -> mixed(LOWER + UPPER + DIGITS + "!#$%^*+-_.~", length);
      case "word" -> word(length);
      case "hex" -> mixed("0123456789abcdef", length);
      case "up" -> "Q7" + of(UPPER + "234567", length - 2);
      case "upper" -> mixed(UPPER + DIGITS, length);
      case "digits" -> "7" + of(DIGITS, length - 1);
      case "letters" -> of(LOWER + UPPER, length);
      case "base" -> "aZ4/" + of(LOWER + UPPER + DIGITS + "+/", length - 4);
      case "url" -> "aZ4_" + of(LOWER + UPPER + DIGITS + "-_", length - 4);
      case "basic" -> encoded("scott:" + mixed(LOWER + UPPER + DIGITS, length));
      case "jwt" ->
          encoded("{\"alg\":\"HS256\",\"kid\":\"" + word(6) + "\"}")
              + "."
              + encoded("{\"sub\":\"" + word(8) + "\",\"exp\":1790000000}")
              + "."
              + of(LOWER + UPPER + DIGITS + "-_", 43);
      case "uuid" -> of("0123456789abcdef", 8) + "-4a3e-4a55-9f0e-" + mixed("0123456789abcdef", 12);
      default -> throw new IllegalArgumentException("no secrets of the kind " + kind);
    };
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String of(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /// Letters and digits both, as people and machines make them.
  private String mixed(String alphabet, int length) {
    while (true) {
      String text = of(alphabet, length);
      boolean digit = text.chars().anyMatch(c -> c >= '0' && c <= '9');
      boolean letter = text.chars().anyMatch(Character::isLetter);
      if (digit
          && letter
          && Character.isLetterOrDigit(text.charAt(0))
          && Character.isLetterOrDigit(text.charAt(length - 1))) {
        return text;
      }
    }
  }

  private String word(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(of(i % 2 == 0 ? CONSONANTS : VOWELS, 1));
    }
    return text.toString();
  }
}
