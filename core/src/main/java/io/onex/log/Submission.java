package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.segment.BlockCodec;
import io.onex.segment.BlockHeader;
import io.onex.segment.EncodedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One appended batch on its way through the committer, and the thread that waits for it.
///
/// What can be done without knowing the position — copying, keys, digests, compression — is done by
/// the appending thread, so that the one committer has little to do per record. Only the committer
/// gives memory back ([#release]): an appender that was interrupted while it waited knows nothing
/// about who still reads it.
final class Submission {
  /// Below this much a batch shares a block with others.
  static final int OWN_BLOCK_BYTES = 64 << 10;

  /// Most records in one batch; a segment must hold it.
  static final int MAX_RECORDS = 1 << 19;

  private final List<Piece> pieces;
  private final int count;
  private final int bytes;
  private final Thread waiter = Thread.currentThread();
  private volatile @Nullable Outcome outcome;

  /// A part of the batch.
  ///
  /// @param run a copy, shared with whoever reads the records while they are recent
  /// @param block the run as a block of its own, to be used unless one of its records is a
  ///   duplicate; null in a small batch
  record Piece(RecordRun run, RecordKeys keys, long newestMicros, @Nullable EncodedBlock block) {}

  private sealed interface Outcome {
    record Appended(AppendResult result) implements Outcome {}

    record Failed(LogUnavailableException cause) implements Outcome {}
  }

  private Submission(List<Piece> pieces, int count, int bytes) {
    this.pieces = pieces;
    this.count = count;
    this.bytes = bytes;
  }

  /// Copies `batch`.
  ///
  /// @param blockBytes a block is closed before it has more raw bytes than this
  static Submission of(RecordWriter batch, BlockCodec codec, int blockBytes) {
    Slice encoded = batch.encoded();
    RecordRun run = RecordRun.of(encoded.array(), encoded.length(), batch.count());
    if (run == null) {
      throw new IllegalArgumentException("the batch does not hold " + batch.count() + " records");
    }
    checkSize(run);
    List<Piece> pieces =
        run.bytes() < OWN_BLOCK_BYTES
            ? List.of(piece(run.copy(), null))
            : pieces(run, codec, blockBytes);
    return new Submission(pieces, run.count(), run.bytes());
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

  private static List<Piece> pieces(RecordRun run, BlockCodec codec, int blockBytes) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= run.count(); i++) {
      if (i == run.count() || run.start(i + 1) - run.start(from) > blockBytes) {
        RecordRun part = run.part(from, i - from).copy();
        pieces.add(piece(part, codec.encode(part.array(), 0, part.bytes())));
        from = i;
      }
    }
    return pieces;
  }

  private static Piece piece(RecordRun run, @Nullable EncodedBlock block) {
    return new Piece(run, RecordKeys.of(run), run.newestMicros(), block);
  }

  /// The batch in its order, at least one piece.
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

  void complete(AppendResult result) {
    outcome = new Outcome.Appended(result);
    LockSupport.unpark(waiter);
  }

  void fail(LogUnavailableException cause) {
    outcome = new Outcome.Failed(cause);
    LockSupport.unpark(waiter);
  }

  AppendResult await() throws LogUnavailableException, InterruptedException {
    Outcome known = outcome;
    while (known == null) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for the log");
      }
      known = outcome;
    }
    return switch (known) {
      case Outcome.Appended appended -> appended.result();
      case Outcome.Failed failed ->
          throw new LogUnavailableException(
              String.valueOf(failed.cause().getMessage()), failed.cause());
    };
  }
}
