package io.onex.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consecutive records of the log, decoded once for all who read them. Safe for use by many
/// threads.
final class RecordBlock {
  private final long first;
  private final RecordRun run;
  private volatile @Nullable List<Record> records;

  /// @param first position of the first record of `run`
  RecordBlock(long first, RecordRun run) {
    this.first = first;
    this.run = run;
  }

  long first() {
    return first;
  }

  /// The position just past the last record.
  long end() {
    return first + run.count();
  }

  RecordRun run() {
    return run;
  }

  /// The records, made by the first who asks: blocks that nobody reads stay bytes.
  List<Record> records() {
    List<Record> known = records;
    return known != null ? known : decode();
  }

  private synchronized List<Record> decode() {
    List<Record> known = records;
    if (known == null) {
      Record[] made = new Record[run.count()];
      for (int i = 0; i < made.length; i++) {
        made[i] = Record.of(new RecordFrame(run.array(), run.start(i), new Position(0, first + i)));
      }
      known = List.of(made);
      records = known;
    }
    return known;
  }
}
