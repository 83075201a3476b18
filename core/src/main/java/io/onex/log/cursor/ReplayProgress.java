package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.journal.JournalText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// How far the replay at hand of one destination has come: a cursor of its own with counters of its
/// own, so that the equation of the destination is not touched. Saved in the destination's entry;
/// what was replayed and what is counted as replayed can therefore not be parted by a crash.
///
/// @param job id of the replay
/// @param cursor over the positions of the replay; for dead letters, over their ids
/// @param counts delivered: replayed; filtered: not meant or not routed; dead-lettered: refused
///   again; expired and lost as for a destination
/// @param reason why the record that was refused last was, otherwise empty; without payload
public record ReplayProgress(long job, Cursor cursor, Ledger counts, String reason) {
  private static final int FIXED_BYTES = 41;
  private static final int MAX_REASON_CHARACTERS = 300;

  public ReplayProgress {
    if (reason.length() > MAX_REASON_CHARACTERS) {
      reason = reason.substring(0, MAX_REASON_CHARACTERS);
    }
  }

  /// A replay that has done nothing.
  public static ReplayProgress at(long job, Position from) {
    return new ReplayProgress(job, Cursor.at(from), Ledger.EMPTY, "");
  }

  /// Records sent again and taken.
  public long replayed() {
    return counts.delivered();
  }

  /// The bytes as `docs/reference/format/cursors.md` draws them.
  public Slice encode() {
    Slice text = Slice.utf8(reason);
    int ranges = cursor.completed().size();
    ByteBuffer out =
        ByteBuffer.allocate(
                FIXED_BYTES + Long.BYTES * (Ledger.COUNTERS + 2 * ranges) + JournalText.bytes(text))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(job)
            .putInt(cursor.first().partition())
            .putLong(cursor.first().offset())
            .putLong(cursor.lowWater().offset())
            .putLong(cursor.rewound())
            .putInt(ranges)
            .put((byte) Ledger.COUNTERS);
    for (long counter : counts.counters()) {
      out.putLong(counter);
    }
    for (PositionRange range : cursor.completed()) {
      out.putLong(range.start().offset()).putLong(range.end().offset());
    }
    JournalText.put(out, text);
    return Slice.of(out.array());
  }

  /// Reads what [#encode] wrote.
  ///
  /// @param in little endian
  /// @throws BufferUnderflowException when the bytes end too early
  /// @throws IllegalArgumentException when they contradict each other
  public static ReplayProgress decode(ByteBuffer in) {
    long job = in.getLong();
    int partition = in.getInt();
    Position first = new Position(partition, in.getLong());
    Position lowWater = new Position(partition, in.getLong());
    long rewound = in.getLong();
    int ranges = in.getInt();
    int counters = in.get() & 0xff;
    long[] counts = new long[Math.max(counters, Ledger.COUNTERS)];
    for (int i = 0; i < counters; i++) {
      counts[i] = in.getLong();
    }
    List<PositionRange> completed = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      completed.add(
          new PositionRange(
              new Position(partition, in.getLong()), new Position(partition, in.getLong())));
    }
    return new ReplayProgress(
        job,
        new Cursor(first, lowWater, completed, rewound),
        Ledger.ofCounters(counts),
        JournalText.take(in));
  }
}
