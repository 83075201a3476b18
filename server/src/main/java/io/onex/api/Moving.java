package io.onex.api;

import java.util.Optional;

/// Something that has to get on when there is work, such as a fold or the committer of the log.
///
/// Safe to look at from any thread; waits for nothing.
public interface Moving {
  /// How people know it.
  String name();

  /// Grows, or at least changes, whenever something was done.
  long done();

  /// Whether there is work that it could do now. Waiting for a system that is down is no work: the
  /// attempts at it are what has to move.
  boolean hasWork();

  /// Why it will do nothing more; empty while it may.
  Optional<String> failure();
}
