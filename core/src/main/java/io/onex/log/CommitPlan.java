package io.onex.log;

import io.onex.segment.BlockCodec;
import io.onex.segment.EncodedBlock;
import io.onex.segment.SegmentStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns a group of batches into blocks: takes the duplicates out, gives what conflicts an id of
/// its own, puts small batches together, and hands the blocks to the store. Used for one group by
/// the committer.
final class CommitPlan {
  private final SegmentStore store;
  private final BlockCodec codec;
  private final DuplicateWindow window;
  private final SharedBlock shared;
  private final IdSeeds seeds;
  private final long ingestMicros;
  private final List<RecordBlock> blocks = new ArrayList<>();
  private final List<RecordKeys> keys = new ArrayList<>();
  private final List<AppendResult> results = new ArrayList<>();
  private final List<Renamed> renamed = new ArrayList<>();
  private int[] known = new int[16];
  private int remembered;
  private long rawBytes;
  private long storedBytes;
  private long duplicates;
  private long conflicting;

  /// @param shared empty
  /// @param ingestMicros when the group came, as far as the window of ids is concerned
  CommitPlan(
      SegmentStore store,
      BlockCodec codec,
      DuplicateWindow window,
      SharedBlock shared,
      IdSeeds seeds,
      long ingestMicros) {
    this.store = store;
    this.codec = codec;
    this.window = window;
    this.shared = shared;
    this.seeds = seeds;
    this.ingestMicros = ingestMicros;
  }

  /// Takes in the next batch of the group.
  void add(Submission submission) throws IOException {
    long start = store.stagedEnd() + shared.count();
    List<AppendResult.Duplicate> duplicatesOfBatch = new ArrayList<>(0);
    int before = 0;
    long conflictingBefore = conflicting;
    for (PreparedBatch.Piece piece : submission.pieces()) {
      renamed.clear();
      int knownCount = remember(piece, before, duplicatesOfBatch);
      before += piece.run().count();
      EncodedBlock block = piece.block();
      if (!renamed.isEmpty()) {
        RecordRun run = rewritten(piece.run(), knownCount);
        keys.add(RecordKeys.of(run, seeds));
        share(run, 0);
        continue;
      }
      keys.add(knownCount == 0 ? piece.keys() : piece.keys().without(known, knownCount));
      if (knownCount == 0 && block != null) {
        closeShared();
        stage(piece.run(), block, piece.newestMicros());
      } else {
        share(piece.run(), knownCount);
      }
    }
    duplicates += duplicatesOfBatch.size();
    long end = start + submission.count() - duplicatesOfBatch.size();
    results.add(
        new AppendResult(
            new Position(0, start),
            new Position(0, end),
            duplicatesOfBatch,
            conflicting - conflictingBefore));
  }

  /// Remembers the keys that are new; the indexes of the records that are not to be appended are in
  /// `known` afterwards, and those that get another id in `renamed`.
  ///
  /// @param before records of the batch before these
  /// @return how many are known
  private int remember(PreparedBatch.Piece piece, int before, List<AppendResult.Duplicate> found) {
    RecordKeys of = piece.keys();
    int count = 0;
    for (int i = 0; i < of.count(); i++) {
      if (i % DuplicateWindow.STRIDE == 0) {
        window.prefetch(of, i, Math.min(of.count(), i + DuplicateWindow.STRIDE));
      }
      int digest = of.digests()[i];
      int place = window.find(of.high(i), of.low(i), digest);
      if (place < 0) {
        window.add(of.high(i), of.low(i), digest, ingestMicros);
        remembered++;
        continue;
      }
      boolean same = window.digestAt(place) == digest;
      if (!same && piece.run().isSent(i) && rename(piece.run(), i, digest)) {
        continue;
      }
      found.add(new AppendResult.Duplicate(before + i, same || piece.run().isSent(i)));
      if (count == known.length) {
        known = Arrays.copyOf(known, count * 2);
      }
      known[count++] = i;
    }
    return count;
  }

  /// Gives the record another id, unless it is a repeat of one that got it before.
  private boolean rename(RecordRun run, int i, int digest) {
    ConflictingRecord record = new ConflictingRecord(run, i);
    while (true) {
      EventKey key = EventKey.of(record.id());
      int place = window.find(key.high(), key.low(), digest);
      if (place < 0) {
        window.add(key.high(), key.low(), digest, ingestMicros);
        remembered++;
        conflicting++;
        renamed.add(new Renamed(i, record.encoded()));
        return true;
      }
      if (window.digestAt(place) == digest) {
        return false;
      }
      record.takeNextId();
    }
  }

  /// A record that stands under another id than it came with.
  private record Renamed(int index, byte[] encoded) {}

  /// The records of `run` that are to be appended, as they are to be.
  private RecordRun rewritten(RecordRun run, int knownCount) {
    int bytes = run.bytes();
    for (Renamed record : renamed) {
      bytes += record.encoded().length - run.length(record.index());
    }
    for (int i = 0; i < knownCount; i++) {
      bytes -= run.length(known[i]);
    }
    byte[] array = new byte[bytes];
    int[] starts = new int[run.count() - knownCount + 1];
    int kept = 0;
    int at = 0;
    int skip = 0;
    int next = 0;
    for (int i = 0; i < run.count(); i++) {
      if (skip < knownCount && known[skip] == i) {
        skip++;
        continue;
      }
      starts[kept++] = at;
      if (next < renamed.size() && renamed.get(next).index() == i) {
        byte[] encoded = renamed.get(next++).encoded();
        System.arraycopy(encoded, 0, array, at, encoded.length);
        at += encoded.length;
      } else {
        System.arraycopy(run.array(), run.start(i), array, at, run.length(i));
        at += run.length(i);
      }
    }
    starts[kept] = at;
    return new RecordRun(array, starts, 0, kept);
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

  long conflicting() {
    return conflicting;
  }
}
