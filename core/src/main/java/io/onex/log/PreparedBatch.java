package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.segment.BlockCodec;
import io.onex.segment.BlockHeader;
import io.onex.segment.EncodedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A batch with all done to it that needs no position: a copy of the records, their keys and
/// digests, and blocks that are compressed already when there is enough to fill them. So the one
/// committer has little to do per record.
///
/// Made by [Log#prepare], appended at most once. One that is never appended costs garbage only.
public final class PreparedBatch {
  /// Below this much a batch shares a block with others.
  static final int OWN_BLOCK_BYTES = 64 << 10;

  /// Most records in one batch; a segment must hold it.
  static final int MAX_RECORDS = 1 << 19;

  private final List<Piece> pieces;
  private final int count;
  private final int bytes;
  private final AtomicBoolean claimed = new AtomicBoolean();

  /// A part of the batch.
  ///
  /// @param run a copy, shared with whoever reads the records while they are recent
  /// @param block the run as a block of its own, to be used unless one of its records is a
  ///   duplicate; null in a small batch
  record Piece(RecordRun run, RecordKeys keys, long newestMicros, @Nullable EncodedBlock block) {}

  private PreparedBatch(List<Piece> pieces, int count, int bytes) {
    this.pieces = pieces;
    this.count = count;
    this.bytes = bytes;
  }

  /// Whether so little is to be prepared, and nothing to be compressed, that any thread may do it.
  public static boolean isSmall(RecordWriter batch) {
    return batch.encoded().length() < OWN_BLOCK_BYTES;
  }

  /// Copies `batch`.
  ///
  /// @param blockBytes a block is closed before it has more raw bytes than this
  static PreparedBatch of(RecordWriter batch, BlockCodec codec, int blockBytes, IdSeeds seeds) {
    Slice encoded = batch.encoded();
    RecordRun run = RecordRun.of(encoded.array(), encoded.length(), batch.count());
    if (run == null) {
      throw new IllegalArgumentException("the batch does not hold " + batch.count() + " records");
    }
    checkSize(run);
    List<Piece> pieces =
        isSmall(batch) ? together(run, seeds) : pieces(run, codec, blockBytes, seeds);
    return new PreparedBatch(pieces, run.count(), run.bytes());
  }

  private static void checkSize(RecordRun run) {
    if (run.count() > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "a batch has at most %d records, not %d".formatted(MAX_RECORDS, run.count()));
    }
    for (int i = 0; i < run.count(); i++) {
      if (run.length(i) > BlockHeader.MAX_RAW_BYTES) {
        throw new IllegalArgumentException(
            "record %d of the batch has %d bytes; the log takes at most %d"
                .formatted(i, run.length(i), BlockHeader.MAX_RAW_BYTES));
      }
    }
  }

  private static List<Piece> together(RecordRun run, IdSeeds seeds) {
    return run.count() == 0 ? List.of() : List.of(piece(run.copy(), null, seeds));
  }

  private static List<Piece> pieces(
      RecordRun run, BlockCodec codec, int blockBytes, IdSeeds seeds) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= run.count(); i++) {
      if (i == run.count() || run.start(i + 1) - run.start(from) > blockBytes) {
        RecordRun part = run.part(from, i - from).copy();
        pieces.add(piece(part, codec.encode(part.array(), 0, part.bytes()), seeds));
        from = i;
      }
    }
    return pieces;
  }

  private static Piece piece(RecordRun run, @Nullable EncodedBlock block, IdSeeds seeds) {
    return new Piece(run, RecordKeys.of(run, seeds), run.newestMicros(), block);
  }

  /// Claims the batch for the one append it is made for: its memory is given back after that.
  ///
  /// @throws IllegalStateException when it was claimed before
  void claim() {
    if (claimed.getAndSet(true)) {
      throw new IllegalStateException("this batch was appended before; prepare its records again");
    }
  }

  /// The batch in its order, at least one piece unless it is empty.
  List<Piece> pieces() {
    return pieces;
  }

  /// Ingest time of its first record.
  long ingestMicros() {
    return pieces.getFirst().run().ingestTimeMicros(0);
  }

  /// Records.
  int count() {
    return count;
  }

  /// Encoded bytes.
  int bytes() {
    return bytes;
  }

  /// Gives back what the blocks stood in. Called once, when none of them will be read again.
  void release(BlockCodec codec) {
    for (Piece piece : pieces) {
      EncodedBlock block = piece.block();
      if (block != null) {
        codec.reclaim(block);
      }
    }
  }
}
