package io.onex.config;

import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;

/// A pattern in which `*` stands for any run of characters and `?` for one; case matters.
///
/// Matching works on UTF-8 bytes in place and does not allocate. Its cost is linear for patterns
/// with one `*` and at worst length of text times length of pattern. Immutable; equality is by
/// pattern.
public final class Glob {
  private final String pattern;
  private final byte[] bytes;
  private final boolean literal;

  private Glob(String pattern) {
    this.pattern = pattern;
    this.bytes = pattern.getBytes(StandardCharsets.UTF_8);
    this.literal = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  /// @throws IllegalArgumentException when `pattern` is empty, which nothing could match
  public static Glob of(String pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("an empty pattern matches nothing; write * for all");
    }
    return new Glob(pattern);
  }

  public String pattern() {
    return pattern;
  }

  /// Whether it has no wildcard, so that it matches one text only.
  public boolean isLiteral() {
    return literal;
  }

  /// Whether it matches every text.
  public boolean matchesAll() {
    return pattern.chars().allMatch(c -> c == '*');
  }

  public boolean matches(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return matches(utf8, 0, utf8.length);
  }

  public boolean matches(Slice text) {
    return matches(text.array(), text.offset(), text.length());
  }

  /// Whether it matches the UTF-8 text at `offset`.
  ///
  /// Greedy with one point to fall back to, the last `*`: an earlier one need not be retried, since
  /// whatever it could take instead, the last one can take too.
  public boolean matches(byte[] text, int offset, int length) {
    int end = offset + length;
    int at = offset;
    int p = 0;
    int afterStar = -1;
    int retry = 0;
    while (at < end) {
      byte wanted = p < bytes.length ? bytes[p] : 0;
      if (p < bytes.length && wanted == '*') {
        afterStar = ++p;
        retry = at;
      } else if (p < bytes.length && (wanted == '?' || wanted == text[at])) {
        at = wanted == '?' ? nextCharacter(text, at, end) : at + 1;
        p++;
      } else if (afterStar >= 0) {
        p = afterStar;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (p < bytes.length && bytes[p] == '*') {
      p++;
    }
    return p == bytes.length;
  }

  private static int nextCharacter(byte[] text, int at, int end) {
    int next = at + 1;
    while (next < end && (text[next] & 0xc0) == 0x80) {
      next++;
    }
    return next;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob that && pattern.equals(that.pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
