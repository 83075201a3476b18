package io.onex.source.file;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What following files works with, and where it is counted and told.
record TailContext(
    FileSettings settings,
    FileTree tree,
    Clock clock,
    TailCounters counters,
    Obstacles obstacles,
    Openings openings) {
  long nowNanos() {
    return clock.monotonicNanos();
  }

  PatternWalk walk() {
    return new PatternWalk(tree, obstacles);
  }

  /// A file that was met just now.
  Newcomer newcomer(Path path, FileFacts facts) {
    return new Newcomer(path, facts, false, nowNanos());
  }

  /// Whether `path` surely names another file than `known`, or none. What is behind a folder that
  /// may not be read now is not gone.
  boolean isGone(Path path, FileFacts known) {
    try {
      return !known.isSameFile(tree.facts(path));
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  LogLine line(String sentence, Path path) {
    return LogLine.of(sentence)
        .with(LogKeys.SOURCE, settings.name())
        .with(LogKeys.FILE, RawPath.printable(path));
  }
}
