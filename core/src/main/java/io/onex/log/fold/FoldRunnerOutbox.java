package io.onex.log.fold;

import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.PendingAppend;
import io.onex.log.Position;
import io.onex.log.RecordWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What folds concluded, on its way to the log. It is appended in the order in which it was put
/// here, in rounds, while the folds take in further batches: folding waits for processors, not for
/// the disk.
///
/// What the log cannot append stays, and is tried again before anything else. One thread at a time.
final class FoldRunnerOutbox {
  /// Rounds that may be under way. Under full load a commit takes as long as several batches do.
  static final int MOST_ROUNDS = 4;

  private static final int NEW_WRITER_BYTES = 4_096;

  private final Log log;
  private final ArrayDeque<RecordWriter> waiting = new ArrayDeque<>();
  private final ArrayDeque<Round> rounds = new ArrayDeque<>();
  private final ArrayDeque<RecordWriter> spare = new ArrayDeque<>();
  private List<Position> reached;
  private List<Position> concluded;
  private Optional<String> failure = Optional.empty();

  /// @param reached where each fold stood when all that is under way was concluded
  private record Round(List<Position> reached, List<UnderWay> underWay) {
    boolean isDone() {
      return underWay.stream().allMatch(each -> each.append().isDone());
    }
  }

  private record UnderWay(RecordWriter conclusions, PendingAppend append) {}

  /// @param positions where each fold stands
  FoldRunnerOutbox(Log log, List<Position> positions) {
    this.log = log;
    this.reached = List.copyOf(positions);
    this.concluded = reached;
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

  /// The folds stand elsewhere from now on, and nothing is under way.
  void restart(List<Position> positions) {
    reached = List.copyOf(positions);
    concluded = reached;
  }

  /// Whether everything that was put here is durable.
  boolean isEmpty() {
    return waiting.isEmpty() && rounds.isEmpty();
  }

  /// The position of each fold before which all that it concluded is durable.
  List<Position> concluded() {
    return concluded;
  }

  /// Why the last append failed, until one succeeds.
  Optional<String> failure() {
    return failure;
  }

  /// Hands over what was put here, and waits if there is too much under way.
  ///
  /// @param positions where each fold stands that concluded it
  /// @return false when something could not be appended
  boolean pass(List<Position> positions) throws InterruptedException {
    reached = List.copyOf(positions);
    return settle(MOST_ROUNDS - 1) && begin();
  }

  /// Waits until everything is durable.
  ///
  /// @return false when something could not be appended
  boolean flush() throws InterruptedException {
    return settle(0) && begin() && settle(0);
  }

  private boolean begin() throws InterruptedException {
    List<UnderWay> underWay = new ArrayList<>();
    while (!waiting.isEmpty()) {
      RecordWriter next = waiting.element();
      underWay.add(new UnderWay(next, log.begin(log.prepare(next))));
      waiting.remove();
    }
    rounds.add(new Round(reached, underWay));
    return true;
  }

  /// Ends the rounds that are done, and waits for others until at most `most` are left.
  private boolean settle(int most) throws InterruptedException {
    List<RecordWriter> failed = new ArrayList<>();
    // After a failure all the others are waited for, so that what failed is in order again.
    while (!rounds.isEmpty()
        && (rounds.size() > most || rounds.element().isDone() || !failed.isEmpty())) {
      for (UnderWay each : rounds.element().underWay()) {
        end(each, failed);
      }
      Round ended = rounds.remove();
      if (failed.isEmpty()) {
        concluded = ended.reached();
        failure = Optional.empty();
      }
    }
    failed.reversed().forEach(waiting::addFirst);
    return failed.isEmpty();
  }

  private void end(UnderWay one, List<RecordWriter> failed) throws InterruptedException {
    try {
      one.append().await();
      one.conclusions().clear();
      spare.add(one.conclusions());
    } catch (LogUnavailableException e) {
      failed.add(one.conclusions());
      failure = Optional.of("conclusions cannot be appended: " + e.getMessage());
    }
  }
}
