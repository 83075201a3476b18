package io.onex.log.deadletter;

import io.onex.bytes.Slice;
import io.onex.log.journal.JournalText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// What a complete segment of dead letters holds, so that a start need not read it.
///
/// @param segmentBytes size of the segment when this was written; another size makes it void
record DeadLetterSummary(
    long segmentBytes, long lastId, long lastTimeMicros, List<DeadLetterCount> counts) {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 29;

  DeadLetterSummary {
    counts = List.copyOf(counts);
  }

  Slice encode() {
    int bytes =
        FIXED_BYTES
            + counts.stream()
                .mapToInt(count ->
                    13 + Slice.utf8(count.name()).length() + Slice.utf8(count.reason()).length())
                .sum();
    ByteBuffer out =
        ByteBuffer.allocate(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(VERSION)
            .putLong(segmentBytes)
            .putLong(lastId)
            .putLong(lastTimeMicros)
            .putInt(counts.size());
    for (DeadLetterCount count : counts) {
      out.put((byte) (count.refused() ? 1 : 0));
      out.putLong(count.letters());
      JournalText.put(out, Slice.utf8(count.name()));
      JournalText.put(out, Slice.utf8(count.reason()));
    }
    return Slice.of(out.array());
  }

  /// @throws IllegalArgumentException when the payload is of another version or ends too early
  static DeadLetterSummary decode(Slice payload) {
    ByteBuffer in =
        ByteBuffer.wrap(payload.array(), payload.offset(), payload.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("version " + version + " is unknown");
      }
      long segmentBytes = in.getLong();
      long lastId = in.getLong();
      long lastTimeMicros = in.getLong();
      int count = in.getInt();
      List<DeadLetterCount> counts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        boolean refused = in.get() == 1;
        long letters = in.getLong();
        counts.add(
            new DeadLetterCount(JournalText.take(in), refused, JournalText.take(in), letters, 0));
      }
      return new DeadLetterSummary(segmentBytes, lastId, lastTimeMicros, counts);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the summary ends too early", e);
    }
  }
}
