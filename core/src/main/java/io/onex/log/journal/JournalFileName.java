package io.onex.log.journal;

import java.util.Optional;

/// Names of numbered files: 16 hexadecimal digits and a suffix, so that names sort as numbers do.
///
/// @param suffix with its dot
public record JournalFileName(String suffix) {
  private static final int DIGITS = 16;

  public String of(long number) {
    return "%016x".formatted(number) + suffix;
  }

  /// The number in a name; empty when it is none of ours.
  public Optional<Long> number(String name) {
    if (name.length() != DIGITS + suffix.length() || !name.endsWith(suffix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(name, 0, DIGITS, 16));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
