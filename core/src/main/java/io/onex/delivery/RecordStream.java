package io.onex.delivery;

/// Records on their way to one destination, in order and judged. One thread at a time.
interface RecordStream extends AutoCloseable {
  /// The records that follow; waits until there are some.
  ///
  /// @param maxRecords most records, at least 1
  /// @param maxBytes soft limit of their bytes
  JudgedRecords next(int maxRecords, int maxBytes) throws InterruptedException;

  @Override
  void close();
}
