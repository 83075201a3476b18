package io.onex.secret;

import io.onex.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Remembers what is thought of the names met in text, so that those that come again cost nothing.
///
/// Bounded: names that fall on the same place push each other out. One thread.
final class JudgedNames {
  private static final int PLACES = 1024;
  private static final int LONGEST = 96;
  private static final byte[] NOTHING = {};

  private final NameJudge judge;
  private final byte[][] names = new byte[PLACES][];
  private final Sensitivity[] grades = new Sensitivity[PLACES];
  private final PairRole[] roles = new PairRole[PLACES];
  private final boolean[] turn = new boolean[PLACES / 2];
  private final boolean[] weak = new boolean[PLACES];
  private final boolean[] ambiguous = new boolean[PLACES];

  /// The place of the name that was looked up last.
  private int place;

  JudgedNames(NameJudge judge) {
    this.judge = judge;
    Arrays.fill(names, NOTHING);
  }

  /// Looks the name up; the answers are about it until the next call.
  void look(byte[] b, int start, int to) {
    int from = Math.max(start, to - LONGEST);
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + b[i];
    }
    hash *= 0x9e3779b9;
    place = hash >>> 22 & ~1;
    if (isAt(place, b, from, to)) {
      return;
    }
    place++;
    if (!isAt(place, b, from, to)) {
      // Of the two places of a name, the one that was taken earlier is given up.
      place = turn[place >> 1] ? place : place - 1;
      turn[place >> 1] = !turn[place >> 1];
      learn(Arrays.copyOfRange(b, from, to));
    }
  }

  /// Whether the text is a name that says that a value beside it is a secret.
  boolean isSecret(byte[] array, int start, int end) {
    if (end - start > TextSecrets.LONGEST_NAME) {
      return false;
    }
    int escape = start;
    while (escape < end && array[escape] != '\\') {
      escape++;
    }
    if (escape < end) {
      byte[] plain = JsonText.unescape(array, start, end).getBytes(StandardCharsets.UTF_8);
      look(plain, 0, plain.length);
    } else if (mayNameSecret(array, start, end)) {
      look(array, start, end);
    } else {
      return false;
    }
    return grade().compareTo(Sensitivity.LIKELY) >= 0 && !isAmbiguous();
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

  private boolean isAt(int at, byte[] b, int from, int to) {
    byte[] known = names[at];
    return known.length == to - from && Arrays.equals(known, 0, known.length, b, from, to);
  }

  private void learn(byte[] name) {
    String text = new String(name, StandardCharsets.UTF_8);
    names[place] = name;
    grades[place] = judge.sensitivity(text);
    roles[place] = PairRole.of(text);
    String words = NameWords.split(text);
    weak[place] = isWeak(words);
    ambiguous[place] = isAmbiguous(words);
  }

  Sensitivity grade() {
    return grades[place];
  }

  PairRole role() {
    return roles[place];
  }

  /// Whether the name is a word that sentences use for much else than secrets.
  boolean isWeak() {
    return weak[place];
  }

  /// Whether the name means much else beside a value than a secret.
  boolean isAmbiguous() {
    return ambiguous[place];
  }

  private static boolean isAmbiguous(String name) {
    return switch (name) {
      case "key", "hash", "auth", "oauth", "cert", "certificate", "signature", "salt", "hmac" ->
          true;
      default -> false;
    };
  }

  private static boolean isWeak(String name) {
    return switch (name) {
      case "key",
          "hash",
          "auth",
          "oauth",
          "cert",
          "certificate",
          "signature",
          "salt",
          "pin",
          "otp",
          "cookie",
          "cookies",
          "authorization",
          "authorisation",
          "bearer",
          "jwt",
          "hmac" ->
          true;
      default -> false;
    };
  }
}
