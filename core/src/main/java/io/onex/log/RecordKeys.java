package io.onex.log;

/// What the duplicate check and the index of ids need of each record of a run.
///
/// @param halves both halves of the key of each record, one after the other
/// @param digests 31 bits of what each record says ([ContentHash]) and, lowest, whether it is a
///   conclusion: its id is another one than the same bits of an event's
/// @param causes of no concern to the duplicate check
/// @param sent the ids that conflicting records came with, likewise
record RecordKeys(long[] halves, int[] digests, CauseKeys causes, CauseKeys sent) {
  /// Set in the digest of a conclusion.
  static final int CONCLUSION_BIT = 1;

  /// Keys of records that name no cause and do not conflict.
  RecordKeys(long[] halves, int[] digests) {
    this(halves, digests, CauseKeys.NONE, CauseKeys.NONE);
  }

  static RecordKeys of(RecordRun run, IdSeeds seeds) {
    long[] halves = new long[run.count() * 2];
    int[] digests = new int[run.count()];
    ContentHash content = new ContentHash(seeds.content());
    int causes = 0;
    int sent = 0;
    for (int i = 0; i < run.count(); i++) {
      run.key(i, halves, i * 2);
      digests[i] = run.digest(i, content);
      causes += run.hasCause(i) ? 1 : 0;
      sent += run.isConflicting(i) ? 1 : 0;
    }
    return new RecordKeys(halves, digests, CauseKeys.of(run, causes), CauseKeys.ofSent(run, sent));
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
    return new RecordKeys(
        keptHalves, keptDigests, causes.without(left, leftCount), sent.without(left, leftCount));
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
