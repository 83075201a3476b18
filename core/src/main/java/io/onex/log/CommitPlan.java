package io.onex.log;

import io.onex.segment.BlockCodec;
import io.onex.segment.EncodedBlock;
import io.onex.segment.SegmentStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns a group of batches into blocks: takes the duplicates out, puts small batches together, and
/// hands the blocks to the store. Used for one group by the committer.
final class CommitPlan {
  private final SegmentStore store;
  private final BlockCodec codec;
  private final DuplicateWindow window;
  private final int blockBytes;
  private final long logTimeMicros;
  private final List<RecentBlocks.Entry> blocks = new ArrayList<>();
  private final List<AppendResult> results = new ArrayList<>();
  private byte[] shared = new byte[0];
  private int[] sharedStarts = new int[64];
  private int sharedSize;
  private int sharedCount;
  private long[] halves = new long[128];
  private int[] digests = new int[64];
  private int remembered;
  private long rawBytes;
  private long storedBytes;
  private long duplicates;
  private long differing;

  /// @param logTimeMicros log time, as far as the window of ids is concerned
  CommitPlan(
      SegmentStore store,
      BlockCodec codec,
      DuplicateWindow window,
      int blockBytes,
      long logTimeMicros) {
    this.store = store;
    this.codec = codec;
    this.window = window;
    this.blockBytes = blockBytes;
    this.logTimeMicros = logTimeMicros;
  }

  /// Takes in the next batch of the group.
  void add(Submission submission) throws IOException {
    long start = store.stagedEnd() + sharedCount;
    List<AppendResult.Duplicate> known = remember(submission);
    RecordRun run = submission.run();
    if (known.isEmpty() && !submission.pieces().isEmpty()) {
      closeShared();
      for (Submission.Piece piece : submission.pieces()) {
        stage(piece.run(), piece.block(), piece.newestMicros());
      }
    } else {
      share(run, known);
    }
    long end = start + run.count() - known.size();
    results.add(new AppendResult(new Position(0, start), new Position(0, end), known));
  }

  private List<AppendResult.Duplicate> remember(Submission submission) {
    RecordKeys keys = submission.keys();
    List<AppendResult.Duplicate> known = new ArrayList<>(0);
    for (int i = 0; i < submission.run().count(); i++) {
      int place = window.find(keys.high(i), keys.low(i));
      if (place < 0) {
        window.add(keys.high(i), keys.low(i), keys.digests()[i], logTimeMicros);
        keep(keys, i);
      } else {
        boolean sameBody = window.digestAt(place) == keys.digests()[i];
        known.add(new AppendResult.Duplicate(i, sameBody));
        differing += sameBody ? 0 : 1;
      }
    }
    duplicates += known.size();
    return known;
  }

  private void keep(RecordKeys keys, int i) {
    if (remembered == digests.length) {
      digests = Arrays.copyOf(digests, digests.length * 2);
      halves = Arrays.copyOf(halves, halves.length * 2);
    }
    halves[remembered * 2] = keys.high(i);
    halves[remembered * 2 + 1] = keys.low(i);
    digests[remembered] = keys.digests()[i];
    remembered++;
  }

  private void share(RecordRun run, List<AppendResult.Duplicate> known) throws IOException {
    int skip = 0;
    for (int i = 0; i < run.count(); i++) {
      if (skip < known.size() && known.get(skip).index() == i) {
        skip++;
        continue;
      }
      int length = run.length(i);
      if (sharedCount > 0 && sharedSize + length > blockBytes) {
        closeShared();
      }
      if (sharedSize + length > shared.length) {
        shared = Arrays.copyOf(shared, Math.max(shared.length * 2, sharedSize + length));
      }
      if (sharedCount + 1 == sharedStarts.length) {
        sharedStarts = Arrays.copyOf(sharedStarts, sharedStarts.length * 2);
      }
      System.arraycopy(run.array(), run.start(i), shared, sharedSize, length);
      sharedSize += length;
      sharedCount++;
      sharedStarts[sharedCount] = sharedSize;
    }
  }

  private void closeShared() throws IOException {
    if (sharedCount == 0) {
      return;
    }
    RecordRun run =
        new RecordRun(
            Arrays.copyOf(shared, sharedSize),
            Arrays.copyOf(sharedStarts, sharedCount + 1),
            0,
            sharedCount);
    sharedSize = 0;
    sharedCount = 0;
    stage(run, codec.encode(run.array(), 0, run.bytes()), run.newestMicros());
  }

  private void stage(RecordRun run, EncodedBlock block, long newestMicros) throws IOException {
    blocks.add(new RecentBlocks.Entry(store.stagedEnd(), run));
    store.stage(block, run.count(), newestMicros);
    rawBytes += run.bytes();
    storedBytes += block.storedBytes();
  }

  /// Stages what is left; then the store can commit.
  void finish() throws IOException {
    closeShared();
  }

  /// The blocks of the group, in order.
  List<RecentBlocks.Entry> blocks() {
    return blocks;
  }

  /// One result per batch, in the order of [#add].
  List<AppendResult> results() {
    return results;
  }

  /// The keys of the records that are appended, in order.
  RecordKeys keys() {
    return new RecordKeys(
        Arrays.copyOf(halves, remembered * 2), Arrays.copyOf(digests, remembered));
  }

  /// Ids that the window was given for this group.
  int remembered() {
    return remembered;
  }

  long records() {
    return remembered;
  }

  long rawBytes() {
    return rawBytes;
  }

  long storedBytes() {
    return storedBytes;
  }

  long duplicates() {
    return duplicates;
  }

  long differing() {
    return differing;
  }
}
