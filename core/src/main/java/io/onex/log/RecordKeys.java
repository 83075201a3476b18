package io.onex.log;

/// What the duplicate check and the index of ids need of each record of a run.
///
/// @param halves both halves of the key of each record, one after the other
/// @param digests of the bodies
/// @param causes of no concern to the duplicate check
record RecordKeys(long[] halves, int[] digests, CauseKeys causes) {
  /// Keys of records that name no cause.
  RecordKeys(long[] halves, int[] digests) {
    this(halves, digests, CauseKeys.NONE);
  }

  static RecordKeys of(RecordRun run) {
    long[] halves = new long[run.count() * 2];
    int[] digests = new int[run.count()];
    int causes = 0;
    for (int i = 0; i < run.count(); i++) {
      run.key(i, halves, i * 2);
      digests[i] = run.digest(i);
      causes += run.hasCause(i) ? 1 : 0;
    }
    return new RecordKeys(halves, digests, CauseKeys.of(run, causes));
  }

  /// The keys without those whose indexes are in `left`, which rises.
  RecordKeys without(int[] left, int leftCount) {
    long[] keptHalves = new long[(count() - leftCount) * 2];
    int[] keptDigests = new int[count() - leftCount];
    int kept = 0;
    int skip = 0;
    for (int i = 0; i < count(); i++) {
      if (skip < leftCount && left[skip] == i) {
        skip++;
        continue;
      }
      keptHalves[kept * 2] = high(i);
      keptHalves[kept * 2 + 1] = low(i);
      keptDigests[kept++] = digests[i];
    }
    return new RecordKeys(keptHalves, keptDigests, causes.without(left, leftCount));
  }

  int count() {
    return digests.length;
  }

  long high(int i) {
    return halves[i * 2];
  }

  long low(int i) {
    return halves[i * 2 + 1];
  }
}
