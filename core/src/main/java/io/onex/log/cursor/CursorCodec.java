package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.journal.JournalText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The payloads of the cursor journal, as `docs/reference/format/cursors.md` draws them.
final class CursorCodec {
  private static final byte ROSTER = 0;
  private static final byte ENTRY = 1;
  private static final byte ROSTER_VERSION = 1;

  /// Version 1 had no replay.
  private static final byte ENTRY_VERSION = 2;

  /// Written for destinations that are no longer configured alone: it ends with their time away.
  private static final byte ENTRY_AWAY_VERSION = 3;

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
    int nameBytes = names.stream().mapToInt(JournalText::bytes).sum();
    ByteBuffer out =
        ByteBuffer.allocate(14 + nameBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ROSTER)
            .put(ROSTER_VERSION)
            .putLong(roster.sequence())
            .putInt(names.size());
    names.forEach(name -> JournalText.put(out, name));
    return Slice.of(out.array());
  }

  private static Slice encodeEntry(Item.Entry item) {
    CursorEntry entry = item.entry();
    Cursor cursor = entry.cursor();
    Slice name = Slice.utf8(entry.destination());
    Slice reason = Slice.utf8(entry.reason());
    boolean away = entry.standing() == CursorStanding.REMOVED;
    Slice replay = entry.replay().map(ReplayProgress::encode).orElse(Slice.EMPTY);
    int bytes =
        56
            + Long.BYTES * (Ledger.COUNTERS + 2 * cursor.completed().size())
            + JournalText.bytes(name)
            + JournalText.bytes(reason)
            + entry.state().length()
            + 1
            + replay.length()
            + (away ? Long.BYTES : 0);
    ByteBuffer out =
        ByteBuffer.allocate(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ENTRY)
            .put(away ? ENTRY_AWAY_VERSION : ENTRY_VERSION)
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
    JournalText.put(out, name);
    JournalText.put(out, reason);
    out.put(entry.state().array(), entry.state().offset(), entry.state().length());
    out.put((byte) (replay.isEmpty() ? 0 : 1));
    out.put(replay.array(), replay.offset(), replay.length());
    if (away) {
      out.putLong(entry.awayMicros());
    }
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
      boolean known =
          (type == ROSTER && version == ROSTER_VERSION)
              || (type == ENTRY && version >= 1 && version <= ENTRY_AWAY_VERSION);
      if (!known) {
        throw new IllegalArgumentException("type " + type + " version " + version + " is unknown");
      }
      return type == ROSTER ? decodeRoster(in) : decodeEntry(in, version);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the payload ends too early", e);
    }
  }

  private static Item decodeRoster(ByteBuffer in) {
    long sequence = in.getLong();
    int count = in.getInt();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      names.add(JournalText.take(in));
    }
    return new Item.Roster(sequence, names);
  }

  private static Item decodeEntry(ByteBuffer in, byte version) {
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
    String name = JournalText.take(in);
    String reason = JournalText.take(in);
    Slice state = Slice.of(JournalText.take(in, stateBytes));
    boolean replays = version >= ENTRY_VERSION && in.get() == 1;
    Optional<ReplayProgress> replay =
        replays ? Optional.of(ReplayProgress.decode(in)) : Optional.empty();
    CursorEntry entry =
        new CursorEntry(
            name,
            new Cursor(first, lowWater, completed, rewound),
            Ledger.ofCounters(ledger),
            standing,
            reason,
            state,
            replay,
            version >= ENTRY_AWAY_VERSION ? in.getLong() : 0);
    return new Item.Entry(sequence, savedMicros, entry);
  }
}
