package io.onex.log.cursor;

import io.onex.event.Slice;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The payloads of the cursor journal, as `docs/reference/format/cursors.md` draws them.
final class CursorCodec {
  private static final byte ROSTER = 0;
  private static final byte ENTRY = 1;
  private static final byte VERSION = 1;

  private CursorCodec() {}

  /// One payload of the journal; the one with the higher sequence is the later.
  sealed interface Item {
    long sequence();

    /// The names of all destinations that the journal knows.
    record Roster(long sequence, Set<String> names) implements Item {
      public Roster {
        names = Set.copyOf(names);
      }
    }

    /// One destination.
    record Entry(long sequence, long savedMicros, CursorEntry entry) implements Item {}
  }

  static Slice encode(Item item) {
    return switch (item) {
      case Item.Roster roster -> encodeRoster(roster);
      case Item.Entry entry -> encodeEntry(entry);
    };
  }

  private static Slice encodeRoster(Item.Roster roster) {
    List<Slice> names = roster.names().stream().sorted().map(Slice::utf8).toList();
    int nameBytes = names.stream().mapToInt(name -> Short.BYTES + name.length()).sum();
    ByteBuffer out =
        ByteBuffer.allocate(14 + nameBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ROSTER)
            .put(VERSION)
            .putLong(roster.sequence())
            .putInt(names.size());
    names.forEach(name -> putText(out, name));
    return Slice.of(out.array());
  }

  private static Slice encodeEntry(Item.Entry item) {
    CursorEntry entry = item.entry();
    Cursor cursor = entry.cursor();
    Slice name = Slice.utf8(entry.destination());
    Slice reason = Slice.utf8(entry.reason());
    int bytes =
        56
            + Long.BYTES * (Ledger.COUNTERS + 2 * cursor.completed().size())
            + Short.BYTES * 2
            + name.length()
            + reason.length()
            + entry.state().length();
    ByteBuffer out =
        ByteBuffer.allocate(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ENTRY)
            .put(VERSION)
            .putLong(item.sequence())
            .putLong(item.savedMicros())
            .put((byte) entry.standing().code())
            .put((byte) Ledger.COUNTERS)
            .putInt(cursor.first().partition())
            .putLong(cursor.first().offset())
            .putLong(cursor.lowWater().offset())
            .putLong(cursor.rewound())
            .putInt(cursor.completed().size())
            .putInt(entry.state().length());
    for (long counter : entry.ledger().counters()) {
      out.putLong(counter);
    }
    for (PositionRange range : cursor.completed()) {
      out.putLong(range.start().offset()).putLong(range.end().offset());
    }
    putText(out, name);
    putText(out, reason);
    out.put(entry.state().array(), entry.state().offset(), entry.state().length());
    return Slice.of(out.array());
  }

  /// @throws IllegalArgumentException when the payload is of no known type or version, or its
  ///   fields contradict each other
  static Item decode(Slice payload) {
    ByteBuffer in =
        ByteBuffer.wrap(payload.array(), payload.offset(), payload.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte type = in.get();
      byte version = in.get();
      if (version != VERSION || (type != ROSTER && type != ENTRY)) {
        throw new IllegalArgumentException("type " + type + " version " + version + " is unknown");
      }
      return type == ROSTER ? decodeRoster(in) : decodeEntry(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the payload ends too early", e);
    }
  }

  private static Item decodeRoster(ByteBuffer in) {
    long sequence = in.getLong();
    int count = in.getInt();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      names.add(text(in));
    }
    return new Item.Roster(sequence, names);
  }

  private static Item decodeEntry(ByteBuffer in) {
    long sequence = in.getLong();
    long savedMicros = in.getLong();
    CursorStanding standing = CursorStanding.ofCode(in.get());
    int counters = in.get() & 0xff;
    int partition = in.getInt();
    Position first = new Position(partition, in.getLong());
    Position lowWater = new Position(partition, in.getLong());
    long rewound = in.getLong();
    int ranges = in.getInt();
    int stateBytes = in.getInt();
    // A newer program may count more than this one knows, never less.
    long[] ledger = new long[Math.max(counters, Ledger.COUNTERS)];
    for (int i = 0; i < counters; i++) {
      ledger[i] = in.getLong();
    }
    List<PositionRange> completed = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      completed.add(
          new PositionRange(
              new Position(partition, in.getLong()), new Position(partition, in.getLong())));
    }
    String name = text(in);
    String reason = text(in);
    CursorEntry entry =
        new CursorEntry(
            name,
            new Cursor(first, lowWater, completed, rewound),
            Ledger.ofCounters(ledger),
            standing,
            reason,
            Slice.of(bytes(in, stateBytes)));
    return new Item.Entry(sequence, savedMicros, entry);
  }

  private static void putText(ByteBuffer out, Slice text) {
    out.putShort((short) text.length()).put(text.array(), text.offset(), text.length());
  }

  private static String text(ByteBuffer in) {
    return Slice.of(bytes(in, in.getShort() & 0xffff)).utf8();
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
