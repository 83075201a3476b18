package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import io.onex.log.RecordWriter;

/// State that is a pure function of the log: it reads every record once, in order.
///
/// One owner thread drives a fold. Time inside a fold is log time: the ingest time of the record.
/// What it concludes goes to the [Conclusions] it is given and is appended to the log by the owner,
/// under ids computed from its causes; a fold that is run again over the same records concludes the
/// same.
public interface Fold {
  /// Stable name: the key of its checkpoint.
  String name();

  /// Takes the next record in.
  ///
  /// A record must not end a fold: what this throws is caught by the owner, who passes the record
  /// over and goes on, after [#restore] unless the fold [#isIntact].
  void apply(Record record, Conclusions conclusions);

  /// Log time has reached `logTimeMicros` although no record came.
  void advance(long logTimeMicros, Conclusions conclusions);

  /// Whether the state is whole after [#apply] or [#advance] threw: as if the record had not come,
  /// but that log time may have advanced to it. A fold that reads all of a record before it changes
  /// anything can promise this.
  default boolean isIntact() {
    return false;
  }

  /// The state as bytes that [#restore] reads, in a format with a version of its own.
  Slice snapshot();

  /// Replaces the state by a snapshot's.
  ///
  /// @throws IllegalArgumentException when the snapshot has a version this program cannot read; the
  ///   state is then what it was, and the owner folds again from the oldest retained record
  void restore(Slice snapshot);

  /// Takes derived records, in the order they were concluded.
  interface Conclusions {
    /// A writer on which exactly one record is begun and ended per conclusion.
    RecordWriter writer();
  }
}
