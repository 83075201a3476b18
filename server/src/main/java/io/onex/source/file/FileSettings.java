package io.onex.source.file;

import java.time.Duration;
import java.util.List;

/// What one file source tails.
///
/// @param name of the source, for logs and metrics
/// @param patterns at least one
/// @param start where a file begins that was never seen before
/// @param pollInterval how often files without news are looked at
/// @param rotationGrace how long a file that lost its name is still read after its last news
/// @param maxLineBytes longer lines are refused
public record FileSettings(
    String name,
    List<PathPattern> patterns,
    Start start,
    Duration pollInterval,
    Duration rotationGrace,
    int maxLineBytes) {
  public FileSettings {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("file source " + name + " has no path");
    }
  }

  /// Where a file begins that was never seen before.
  public enum Start {
    BEGINNING,
    END
  }
}
