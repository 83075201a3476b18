package io.onex.source.file;

import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Folders and files that cannot be read now: each is named once, and once more when it can be. One
/// thread at a time.
final class Obstacles {
  /// More are met without being remembered, so they are not named either: a tree that is all
  /// obstacle must not fill the log.
  private static final int MOST = 10_000;

  private static final Logger LOG = LogManager.getLogger(Obstacles.class);

  private final String source;
  private final Counter errors;
  private final Map<Path, String> known = new HashMap<>();
  private final Set<Path> met = new HashSet<>();

  Obstacles(String source, Counter errors) {
    this.source = source;
    this.errors = errors;
  }

  /// Says that `path` is in the way of itself.
  void met(Path path, IOException reason) {
    met.add(path);
    if (known.containsKey(path) || known.size() >= MOST) {
      return;
    }
    errors.increment();
    known.put(path, why(reason));
    LOG.warn(
        line("This cannot be read, all else is followed; it is tried again", path)
            .with(LogKeys.REASON, why(reason)));
  }

  /// Ends a look at everything: what was in the way before and not met again is so no more.
  void endOfLook() {
    known
        .keySet()
        .removeIf(path -> {
          boolean over = !met.contains(path);
          if (over) {
            LOG.info(line("This is in nobody's way any more", path));
          }
          return over;
        });
    met.clear();
  }

  /// How many there are.
  int count() {
    return known.size();
  }

  private LogLine line(String sentence, Path path) {
    return LogLine.of(sentence)
        .with(LogKeys.SOURCE, source)
        .with(LogKeys.FILE, RawPath.printable(path));
  }

  /// The reason without the path, which a line feed in it would break.
  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemLoopException _ -> "links lead in a circle";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> e.getClass().getSimpleName();
    };
  }
}
