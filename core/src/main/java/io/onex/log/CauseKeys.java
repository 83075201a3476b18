package io.onex.log;

import java.util.Arrays;

/// The keys of other ids that lead to records of a run, such as those of their causes; few, mostly
/// none.
///
/// @param halves both halves of each key, one after the other
/// @param records index in the run of each record that names one, rising
record CauseKeys(long[] halves, int[] records) {
  static final CauseKeys NONE = new CauseKeys(new long[0], new int[0]);

  /// Whether a record names another id.
  private interface Naming {
    boolean names(RecordRun run, int i);
  }

  /// Puts the halves of the key of the id that a record names into `target`.
  private interface KeyOf {
    void write(RecordRun run, int i, long[] target, int index);
  }

  /// @param count records of `run` that name a cause
  static CauseKeys of(RecordRun run, int count) {
    return of(run, count, RecordRun::hasCause, RecordRun::causeKey);
  }

  /// The ids that records of `run` came with before they got another.
  ///
  /// @param count records of `run` that conflict
  static CauseKeys ofSent(RecordRun run, int count) {
    return of(run, count, RecordRun::isConflicting, RecordRun::sentKey);
  }

  private static CauseKeys of(RecordRun run, int count, Naming naming, KeyOf key) {
    if (count == 0) {
      return NONE;
    }
    long[] halves = new long[count * 2];
    int[] records = new int[count];
    int found = 0;
    for (int i = 0; found < count; i++) {
      if (naming.names(run, i)) {
        key.write(run, i, halves, found * 2);
        records[found++] = i;
      }
    }
    return new CauseKeys(halves, records);
  }

  /// As [RecordKeys#without].
  CauseKeys without(int[] left, int leftCount) {
    long[] keptHalves = new long[halves.length];
    int[] keptRecords = new int[records.length];
    int kept = 0;
    int before = 0;
    for (int i = 0; i < records.length; i++) {
      while (before < leftCount && left[before] < records[i]) {
        before++;
      }
      if (before == leftCount || left[before] != records[i]) {
        keptHalves[kept * 2] = high(i);
        keptHalves[kept * 2 + 1] = low(i);
        keptRecords[kept++] = records[i] - before;
      }
    }
    return new CauseKeys(Arrays.copyOf(keptHalves, kept * 2), Arrays.copyOf(keptRecords, kept));
  }

  int count() {
    return records.length;
  }

  long high(int i) {
    return halves[i * 2];
  }

  long low(int i) {
    return halves[i * 2 + 1];
  }
}
