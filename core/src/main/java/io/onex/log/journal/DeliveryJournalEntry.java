package io.onex.log.journal;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Consecutive records that ended alike at one destination, at about the same time.
///
/// @param range their positions
/// @param outcome how they ended
/// @param timeMicros when the first of them did, in microseconds since the epoch, UTC; the others
///   followed within a second
/// @param attempt the attempt that settled them, from 1; 0 when none was made, as for filtered ones
public record DeliveryJournalEntry(
    PositionRange range, RecordOutcome outcome, long timeMicros, int attempt) {
  /// Bytes of an entry in its file.
  static final int BYTES = 36;

  private static final long COALESCED_MICROS = 1_000_000;
  private static final int CHECKSUM = BYTES - Integer.BYTES;

  public DeliveryJournalEntry {
    if (attempt < 0) {
      throw new IllegalArgumentException("attempts count from 0, not " + attempt);
    }
  }

  /// This entry and `next` as one, when they may stand as one.
  Optional<DeliveryJournalEntry> joined(DeliveryJournalEntry next) {
    boolean alike =
        range.end().equals(next.range.start())
            && outcome == next.outcome
            && attempt == next.attempt
            && next.timeMicros >= timeMicros
            && next.timeMicros - timeMicros < COALESCED_MICROS;
    return alike
        ? Optional.of(
            new DeliveryJournalEntry(
                new PositionRange(range.start(), next.range.end()), outcome, timeMicros, attempt))
        : Optional.empty();
  }

  /// The bytes of this entry for the place `offset` of its file.
  ByteBuffer encode(long offset) {
    ByteBuffer out =
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(range.start().offset())
            .putLong(range.end().offset())
            .putLong(timeMicros)
            .putInt(range.start().partition())
            .putInt(attempt << 4 | outcome.code());
    return out.putInt(checksum(out.array(), 0, offset)).flip();
  }

  /// The entry whose bytes begin at `at` of `bytes` and at `offset` of their file; empty when they
  /// are damaged.
  static Optional<DeliveryJournalEntry> decode(byte[] bytes, int at, long offset) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(at + CHECKSUM) != checksum(bytes, at, offset)) {
      return Optional.empty();
    }
    int partition = in.getInt(at + 24);
    int attemptAndOutcome = in.getInt(at + 28);
    try {
      return Optional.of(
          new DeliveryJournalEntry(
              new PositionRange(
                  new Position(partition, in.getLong(at)),
                  new Position(partition, in.getLong(at + 8))),
              RecordOutcome.ofCode(attemptAndOutcome & 0xf),
              in.getLong(at + 16),
              attemptAndOutcome >>> 4));
    } catch (IllegalArgumentException e) {
      // Whole, but of a newer program: as good as absent here.
      return Optional.empty();
    }
  }

  private static int checksum(byte[] bytes, int at, long offset) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(offset).flip());
    crc.update(bytes, at, CHECKSUM);
    return (int) crc.getValue();
  }
}
