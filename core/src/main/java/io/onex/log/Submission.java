package io.onex.log;

import io.onex.segment.BlockCodec;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One batch on its way through the committer, and the thread that waits for it.
///
/// Only the committer gives memory back ([#release]): an appender that was interrupted while it
/// waited knows nothing about who still reads it.
final class Submission implements PendingAppend {
  private final PreparedBatch batch;
  private volatile @Nullable Outcome outcome;

  /// Set before the outcome is looked at, and read after it is told, so that one of the two threads
  /// sees the other.
  private volatile @Nullable Thread waiter;

  private sealed interface Outcome {
    record Appended(AppendResult result) implements Outcome {}

    record Failed(LogUnavailableException cause) implements Outcome {}
  }

  /// Made by the thread that will wait.
  Submission(PreparedBatch batch) {
    this.batch = batch;
  }

  /// The batch in its order, at least one piece.
  List<PreparedBatch.Piece> pieces() {
    return batch.pieces();
  }

  /// Ingest time of its first record.
  long ingestMicros() {
    return batch.ingestMicros();
  }

  /// Records.
  int count() {
    return batch.count();
  }

  /// Encoded bytes.
  int bytes() {
    return batch.bytes();
  }

  /// Gives back the memory of the batch. Called once, when none of it will be read again.
  void release(BlockCodec codec) {
    batch.release(codec);
  }

  void complete(AppendResult result) {
    outcome = new Outcome.Appended(result);
    LockSupport.unpark(waiter);
  }

  void fail(LogUnavailableException cause) {
    outcome = new Outcome.Failed(cause);
    LockSupport.unpark(waiter);
  }

  @Override
  public boolean isDone() {
    return outcome != null;
  }

  @Override
  public AppendResult await() throws LogUnavailableException, InterruptedException {
    waiter = Thread.currentThread();
    Outcome known = outcome;
    while (known == null) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for the log");
      }
      known = outcome;
    }
    return switch (known) {
      case Outcome.Appended appended -> appended.result();
      case Outcome.Failed failed ->
          throw new LogUnavailableException(
              String.valueOf(failed.cause().getMessage()), failed.cause());
    };
  }
}
