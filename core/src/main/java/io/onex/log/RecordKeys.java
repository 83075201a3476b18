package io.onex.log;

/// What the duplicate check needs of each record of a run.
///
/// @param halves both halves of the key of each record, one after the other
/// @param digests of the bodies
record RecordKeys(long[] halves, int[] digests) {
  static RecordKeys of(RecordRun run) {
    long[] halves = new long[run.count() * 2];
    int[] digests = new int[run.count()];
    for (int i = 0; i < run.count(); i++) {
      run.key(i, halves, i * 2);
      digests[i] = run.digest(i);
    }
    return new RecordKeys(halves, digests);
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
    return new RecordKeys(keptHalves, keptDigests);
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
