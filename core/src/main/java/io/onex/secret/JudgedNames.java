package io.onex.secret;

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
