package io.onex.log.cursor;

import io.onex.log.journal.JournalFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What can be known from the frames of a cursor journal, whatever happened to the file.
///
/// @param entries the latest good entry of each destination
/// @param lost destinations that a roster names and that have no good entry
/// @param doubtful whether destinations may have stood here of which no trace is left; one that is
///   not found then may be lost rather than new. A torn tail alone is no reason: a destination's
///   first entry and the roster that names it are forced together before it begins
/// @param lastSequence the highest sequence found
/// @param events what an operator should read
record CursorRecovery(
    Map<String, CursorEntry> entries,
    Set<String> lost,
    boolean doubtful,
    long lastSequence,
    List<CursorEvent> events) {
  CursorRecovery {
    entries = Map.copyOf(entries);
    lost = Set.copyOf(lost);
    events = List.copyOf(events);
  }

  /// Nothing can be read.
  static CursorRecovery nothing(List<CursorEvent> events) {
    return new CursorRecovery(Map.of(), Set.of(), true, 0, events);
  }

  /// @param reserve what was written while the journal could not be
  static CursorRecovery of(String path, JournalFrame.Contents contents, CursorReserve reserve) {
    if (contents.frames().isEmpty()) {
      String reason =
          contents.tornBytes() == 0
              ? "it is empty"
              : "none of its " + contents.tornBytes() + " bytes are a good entry";
      return nothing(List.of(new CursorEvent.JournalUnusable(path, reason))).and(reserve);
    }
    List<CursorEvent> events = new ArrayList<>();
    contents
        .damaged()
        .forEach(damage ->
            events.add(
                new CursorEvent.EntryDamaged(damage.offset(), damage.bytes(), "no good checksum")));
    List<CursorCodec.Item> items = new ArrayList<>();
    for (JournalFrame frame : contents.frames()) {
      try {
        items.add(CursorCodec.decode(frame.payload()));
      } catch (IllegalArgumentException e) {
        events.add(
            new CursorEvent.EntryDamaged(
                frame.offset(), frame.bytes(), String.valueOf(e.getMessage())));
      }
    }
    items.addAll(items(reserve));
    items.sort(Comparator.comparingLong(CursorCodec.Item::sequence));
    return fold(items, events, !events.isEmpty());
  }

  /// The same, with what the reserve holds. Entries that stand there are good; whether they are all
  /// there were, only the journal could tell.
  CursorRecovery and(CursorReserve reserve) {
    List<CursorCodec.Item> items = items(reserve);
    items.sort(Comparator.comparingLong(CursorCodec.Item::sequence));
    return fold(items, events, doubtful);
  }

  private static List<CursorCodec.Item> items(CursorReserve reserve) {
    List<CursorCodec.Item> items = new ArrayList<>();
    long last = -1;
    for (JournalFrame frame : reserve.found()) {
      try {
        CursorCodec.Item item = CursorCodec.decode(frame.payload());
        items.add(item);
        if (item.sequence() > last) {
          last = item.sequence();
          reserve.continueAfter(frame);
        }
      } catch (IllegalArgumentException _) {
        // Room that was kept free holds nothing anybody depends on but what is good.
      }
    }
    return items;
  }

  private static CursorRecovery fold(
      List<CursorCodec.Item> items, List<CursorEvent> events, boolean doubtful) {
    Map<String, CursorEntry> entries = new LinkedHashMap<>();
    Set<String> named = new HashSet<>();
    long last = 0;
    for (CursorCodec.Item item : items) {
      last = item.sequence();
      switch (item) {
        case CursorCodec.Item.Entry(long _, long _, CursorEntry entry) ->
            entries.put(entry.destination(), entry);
        case CursorCodec.Item.Roster(long _, Set<String> names) -> {
          // What an earlier entry holds and this roster does not name was renamed.
          entries.keySet().retainAll(names);
          named = new HashSet<>(names);
        }
      }
    }
    named.removeAll(entries.keySet());
    return new CursorRecovery(entries, named, doubtful, last, events);
  }
}
