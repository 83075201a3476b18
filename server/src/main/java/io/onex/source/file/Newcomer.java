package io.onex.source.file;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/// A file that was met and of which it is not decided yet what it is. One thread at a time.
final class Newcomer {
  static final Comparator<Newcomer> BY_PATH = Comparator.comparing(Newcomer::path);

  private long sinceNanos;
  private final boolean beside;
  private Path path;
  private FileFacts facts;
  private long changedNanos;
  private Optional<Life> cutFrom = Optional.empty();

  /// @param beside whether no pattern matches it: it is of use only as what became of another
  Newcomer(Path path, FileFacts facts, boolean beside, long nowNanos) {
    this.path = path;
    this.facts = facts;
    this.beside = beside;
    sinceNanos = nowNanos;
    changedNanos = nowNanos;
  }

  void seen(Path at, FileFacts now, long nowNanos) {
    if (facts.size() == 0 || now.size() < facts.size()) {
      // What is in it now begins now.
      sinceNanos = nowNanos;
    }
    if (!now.equals(facts)) {
      changedNanos = nowNanos;
    }
    path = at;
    facts = now;
  }

  /// Says that it cannot be compared yet with what it begins like: the time in which it is decided
  /// begins anew.
  void waits(long nowNanos) {
    sinceNanos = nowNanos;
  }

  /// Says that what it held before was this, and is gone from it: what it holds now is no copy of
  /// that.
  void cutFrom(Life life) {
    cutFrom = Optional.of(life);
  }

  Optional<Life> cutFrom() {
    return cutFrom;
  }

  Path path() {
    return path;
  }

  FileFacts facts() {
    return facts;
  }

  boolean isBeside() {
    return beside;
  }

  long unchangedNanos(long nowNanos) {
    return nowNanos - changedNanos;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - sinceNanos;
  }
}
