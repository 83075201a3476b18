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
  private final SharedBlock shared;
  private final long ingestMicros;
  private final List<RecordBlock> blocks = new ArrayList<>();
  private final List<RecordKeys> keys = new ArrayList<>();
  private final List<AppendResult> results = new ArrayList<>();
  private int[] known = new int[16];
  private int remembered;
  private long rawBytes;
  private long storedBytes;
  private long duplicates;
  private long differing;

  /// @param shared empty
  /// @param ingestMicros when the group came, as far as the window of ids is concerned
  CommitPlan(
      SegmentStore store,
      BlockCodec codec,
      DuplicateWindow window,
      SharedBlock shared,
      long ingestMicros) {
    this.store = store;
    this.codec = codec;
    this.window = window;
    this.shared = shared;
    this.ingestMicros = ingestMicros;
  }

  /// Takes in the next batch of the group.
  void add(Submission submission) throws IOException {
    long start = store.stagedEnd() + shared.count();
    List<AppendResult.Duplicate> duplicatesOfBatch = new ArrayList<>(0);
    int before = 0;
    for (PreparedBatch.Piece piece : submission.pieces()) {
      int knownCount = remember(piece.keys(), before, duplicatesOfBatch);
      before += piece.run().count();
      EncodedBlock block = piece.block();
      if (knownCount == 0 && block != null) {
        closeShared();
        stage(piece.run(), block, piece.newestMicros());
      } else {
        share(piece.run(), knownCount);
      }
    }
    duplicates += duplicatesOfBatch.size();
    long end = start + submission.count() - duplicatesOfBatch.size();
    results.add(new AppendResult(new Position(0, start), new Position(0, end), duplicatesOfBatch));
  }

  /// Remembers the keys that are new; the indexes of the others are in `known` afterwards.
  ///
  /// @param before records of the batch before these
  /// @return how many are known
  private int remember(RecordKeys piece, int before, List<AppendResult.Duplicate> found) {
    int count = 0;
    for (int i = 0; i < piece.count(); i++) {
      if (i % DuplicateWindow.STRIDE == 0) {
        window.prefetch(piece, i, Math.min(piece.count(), i + DuplicateWindow.STRIDE));
      }
      int place = window.find(piece.high(i), piece.low(i));
      if (place < 0) {
        window.add(piece.high(i), piece.low(i), piece.digests()[i], ingestMicros);
        remembered++;
      } else {
        boolean sameBody = window.digestAt(place) == piece.digests()[i];
        found.add(new AppendResult.Duplicate(before + i, sameBody));
        differing += sameBody ? 0 : 1;
        if (count == known.length) {
          known = Arrays.copyOf(known, count * 2);
        }
        known[count++] = i;
      }
    }
    keys.add(count == 0 ? piece : piece.without(known, count));
    return count;
  }

  private void share(RecordRun run, int knownCount) throws IOException {
    int skip = 0;
    for (int i = 0; i < run.count(); i++) {
      if (skip < knownCount && known[skip] == i) {
        skip++;
        continue;
      }
      if (!shared.takes(run.length(i))) {
        closeShared();
      }
      shared.add(run, i);
    }
  }

  private void closeShared() throws IOException {
    if (shared.count() == 0) {
      return;
    }
    RecordRun run = shared.take();
    EncodedBlock block = codec.encode(run.array(), 0, run.bytes());
    stage(run, block, run.newestMicros());
    codec.reclaim(block);
  }

  /// The store has copied or written the block when this returns.
  private void stage(RecordRun run, EncodedBlock block, long newestMicros) throws IOException {
    blocks.add(new RecordBlock(store.stagedEnd(), run));
    store.stage(block, run.count(), newestMicros);
    rawBytes += run.bytes();
    storedBytes += block.storedBytes();
  }

  /// Stages what is left; then the store can commit.
  void finish() throws IOException {
    closeShared();
  }

  /// The blocks of the group, in order.
  List<RecordBlock> blocks() {
    return blocks;
  }

  /// One result per batch, in the order of [#add].
  List<AppendResult> results() {
    return results;
  }

  /// The keys of the records that are appended, in order.
  List<RecordKeys> keys() {
    return keys;
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
