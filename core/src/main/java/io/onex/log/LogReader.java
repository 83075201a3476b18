package io.onex.log;

import java.io.IOException;

/// Reads the log forward, durable records only. One thread at a time.
///
/// Recently appended blocks are shared in memory by all readers; older ones are read from disk and
/// decompressed, so [#read] belongs on a platform thread and [#readInMemory] on any.
public interface LogReader extends AutoCloseable {
  /// The records that follow, as many as fit; at least one when there is any.
  ///
  /// An empty batch means that the reader stands at the durable end. Corrupt blocks are skipped and
  /// covered by the batch's end, counted and named by the log; a position that retention overtook
  /// is skipped the same way, and so is a block that the device did not give in ten tries over a
  /// minute.
  ///
  /// @param maxRecords most records in the batch, at least 1
  /// @param maxBytes soft limit for the encoded records, at least 1
  /// @throws IOException when the device does not give what is asked for; reading again goes on at
  ///   the same position
  RecordBatch read(int maxRecords, int maxBytes) throws IOException;

  /// As [#read], but only what is in memory: it never blocks. An empty batch means that the reader
  /// stands at the durable end, or that the next record is on disk only.
  RecordBatch readInMemory(int maxRecords, int maxBytes);

  /// Where the next batch begins.
  Position position();

  /// Continues at another position.
  void seek(Position position);

  @Override
  void close();
}
