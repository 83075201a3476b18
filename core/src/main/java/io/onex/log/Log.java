package io.onex.log;

import java.time.Duration;

/// The one durable log: append once, read by any number of readers from any retained position.
///
/// Safe for use by many threads.
public interface Log extends AutoCloseable {
  /// Does all to a batch that needs no position. CPU work, about 1 µs per record: a batch that is
  /// not [small][PreparedBatch#isSmall] belongs on a platform thread.
  ///
  /// The batch may be reused by the caller afterwards.
  PreparedBatch prepare(RecordWriter batch);

  /// Appends the records of `batch` that are not duplicates and returns once they, and the first
  /// copies of those that are, survive a power cut.
  ///
  /// Does nothing but wait; meant for virtual threads.
  ///
  /// @param batch prepared by this log and not appended before
  /// @throws LogUnavailableException when the log cannot append, such as on a full disk; nothing of
  ///   the batch will ever be read, and the same records may be prepared and appended again later
  default AppendResult append(PreparedBatch batch)
      throws LogUnavailableException, InterruptedException {
    return begin(batch).await();
  }

  /// As [#append(PreparedBatch)], but does not wait for the disk: for a writer that has something
  /// else to do meanwhile. Waits only while the log has more to do than it may hold in memory.
  PendingAppend begin(PreparedBatch batch) throws InterruptedException;

  /// Prepares and appends at once, on a thread that may do both.
  ///
  /// @throws LogUnavailableException as [#append(PreparedBatch)]
  default AppendResult append(RecordWriter batch)
      throws LogUnavailableException, InterruptedException {
    return append(prepare(batch));
  }

  /// The oldest position that can still be read.
  Position start();

  /// The position just past the last record that survives a power cut.
  Position durableEnd();

  /// Ingest time of the last durable record, in microseconds since the epoch: log time. 0 when the
  /// log is empty.
  long logTimeMicros();

  /// Ingest time of the oldest batch that waits to become durable; [Long#MAX_VALUE] when none does.
  /// Records that are appended from now on are not older, but for the moment between their ingest
  /// and their append.
  long oldestUnderWayMicros();

  /// Waits until [#durableEnd] is beyond `position`.
  ///
  /// @return whether it is; false when `timeout` passed or the log was closed
  boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException;

  /// A reader that begins at `from`, or at [#start] when that was overtaken by retention.
  LogReader reader(Position from);

  /// The first position whose ingest time is at or after `ingestTimeMicros`; [#durableEnd] when
  /// none.
  Position positionAt(long ingestTimeMicros);

  /// Stops accepting appends, completes those under way, closes the files.
  @Override
  void close();
}
