package io.onex.log.fold;

import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.PendingAppend;
import io.onex.log.RecordWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What folds concluded, on its way to the log. It is appended in the order in which it was put
/// here, while the folds take in the next batch: folding waits for processors, not for the disk.
///
/// What the log cannot append stays, and is tried again before anything else. One thread at a time.
final class FoldRunnerOutbox {
  private static final int NEW_WRITER_BYTES = 4_096;

  private final Log log;
  private final ArrayDeque<RecordWriter> waiting = new ArrayDeque<>();
  private final List<UnderWay> underWay = new ArrayList<>();
  private final ArrayDeque<RecordWriter> spare = new ArrayDeque<>();
  private Optional<String> failure = Optional.empty();

  private record UnderWay(RecordWriter conclusions, PendingAppend append) {}

  FoldRunnerOutbox(Log log) {
    this.log = log;
  }

  /// Takes `filled` over.
  ///
  /// @return an empty writer in its place; the same when there was nothing in it
  RecordWriter exchange(RecordWriter filled) {
    if (filled.count() == 0) {
      return filled;
    }
    waiting.add(filled);
    RecordWriter empty = spare.poll();
    return empty != null ? empty : new RecordWriter(NEW_WRITER_BYTES);
  }

  /// Whether everything that was put here is durable.
  boolean isEmpty() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  /// Why the last append failed, until one succeeds.
  Optional<String> failure() {
    return failure;
  }

  /// Waits for what is under way, then hands over what was put here since.
  ///
  /// @return false when something could not be appended
  boolean pass() throws InterruptedException {
    if (!await()) {
      return false;
    }
    while (!waiting.isEmpty()) {
      RecordWriter next = waiting.element();
      underWay.add(new UnderWay(next, log.begin(log.prepare(next))));
      waiting.remove();
    }
    return true;
  }

  /// Waits until everything is durable.
  ///
  /// @return false when something could not be appended
  boolean flush() throws InterruptedException {
    return pass() && await();
  }

  private boolean await() throws InterruptedException {
    List<RecordWriter> failed = new ArrayList<>();
    while (!underWay.isEmpty()) {
      UnderWay first = underWay.getFirst();
      try {
        first.append().await();
        first.conclusions().clear();
        spare.add(first.conclusions());
      } catch (LogUnavailableException e) {
        failed.add(first.conclusions());
        failure = Optional.of("conclusions cannot be appended: " + e.getMessage());
      }
      underWay.removeFirst();
    }
    failed.reversed().forEach(waiting::addFirst);
    if (failed.isEmpty()) {
      failure = Optional.empty();
    }
    return failed.isEmpty();
  }
}
