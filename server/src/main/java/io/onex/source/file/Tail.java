package io.onex.source.file;

/// A file that is being read. One thread at a time.
final class Tail {
  private final LineFile file;
  private FileFacts facts;
  private long lastNewsNanos;
  private long emptyBehind = -1;
  private boolean named;

  /// @param facts what was seen of it last, key included
  Tail(LineFile file, FileFacts facts, long nowNanos) {
    this.file = file;
    this.facts = facts;
    lastNewsNanos = nowNanos;
    named = true;
  }

  LineFile file() {
    return file;
  }

  Life life() {
    return file.life();
  }

  FileFacts facts() {
    return facts;
  }

  void seen(FileFacts now) {
    facts = now;
  }

  /// Whether it has a name now that a pattern matches.
  boolean isNamed() {
    return named;
  }

  /// Losing its name is news: what took the name may be seen in the next look only.
  void named(boolean now, long nowNanos) {
    if (named && !now) {
      lastNewsNanos = nowNanos;
    }
    named = now;
  }

  void news(long nowNanos) {
    lastNewsNanos = nowNanos;
  }

  /// Says that nothing could be taken of the `behind` bytes that are not read.
  void empty(long behind) {
    emptyBehind = behind;
  }

  /// Whether there may be whole lines in the `behind` bytes that are not read: none was looked for
  /// in them, or the log could not take them.
  boolean mayHold(long behind) {
    return behind > 0 && behind != emptyBehind;
  }

  long idleNanos(long nowNanos) {
    return nowNanos - lastNewsNanos;
  }
}
