package io.onex.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A value that must not be seen: it prints as `***` and is compared in constant time.
///
/// Only [#reveal] gives the value, so every use of it can be found.
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// @throws IllegalArgumentException when `value` is blank, which is never a secret
  public static Secret of(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret cannot be empty");
    }
    return new Secret(value);
  }

  /// The value itself: for the request that needs it and nothing else.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(value), bytes(that.value));
  }

  /// Says nothing about the value.
  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
