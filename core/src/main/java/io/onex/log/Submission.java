package io.onex.log;

import io.onex.event.Slice;
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
/// the appending thread, so that the one committer has little to do per record.
final class Submission {
  /// Below this much a batch shares a block with others.
  static final int OWN_BLOCK_BYTES = 64 << 10;

  /// Most records in one batch; a segment must hold it.
  static final int MAX_RECORDS = 1 << 19;

  private final RecordRun run;
  private final RecordKeys keys;
  private final List<Piece> pieces;
  private final Thread waiter = Thread.currentThread();
  private volatile @Nullable Outcome outcome;

  /// A part of the batch that becomes one block, if none of the batch is a duplicate.
  record Piece(RecordRun run, long newestMicros, EncodedBlock block) {}

  private sealed interface Outcome {
    record Appended(AppendResult result) implements Outcome {}

    record Failed(LogUnavailableException cause) implements Outcome {}
  }

  private Submission(RecordRun run, RecordKeys keys, List<Piece> pieces) {
    this.run = run;
    this.keys = keys;
    this.pieces = pieces;
  }

  /// Copies `batch`.
  ///
  /// @param blockBytes a block is closed once it has this many raw bytes
  static Submission of(RecordWriter batch, BlockCodec codec, int blockBytes) {
    Slice encoded = batch.encoded();
    byte[] copy = encoded.toByteArray();
    RecordRun run = RecordRun.of(copy, copy.length, batch.count());
    if (run == null) {
      throw new IllegalArgumentException("the batch does not hold " + batch.count() + " records");
    }
    checkSize(run);
    List<Piece> pieces = copy.length < OWN_BLOCK_BYTES ? List.of() : pieces(run, codec, blockBytes);
    return new Submission(run, RecordKeys.of(run), pieces);
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
        RecordRun part = run.part(from, i - from);
        EncodedBlock block = codec.encode(part.array(), part.start(0), part.bytes());
        pieces.add(new Piece(part, part.newestMicros(), block));
        from = i;
      }
    }
    return pieces;
  }

  RecordRun run() {
    return run;
  }

  RecordKeys keys() {
    return keys;
  }

  /// Empty for a small batch.
  List<Piece> pieces() {
    return pieces;
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
