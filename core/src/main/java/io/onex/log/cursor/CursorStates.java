package io.onex.log.cursor;

import io.onex.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The latest entry of each destination in memory, and the items of the journal that say it.
///
/// Anybody may look; changes are guarded by the lock of the journal.
final class CursorStates {
  private final Clock clock;
  private final Set<String> lost;
  private final Map<String, CursorEntry> latest =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private long sequence;

  CursorStates(Clock clock, CursorRecovery found) {
    this.clock = clock;
    this.lost = new HashSet<>(found.lost());
    this.latest.putAll(found.entries());
    this.sequence = found.lastSequence();
  }

  Optional<CursorEntry> find(String destination) {
    return Optional.ofNullable(latest.get(destination));
  }

  List<CursorEntry> entries() {
    synchronized (latest) {
      return List.copyOf(latest.values());
    }
  }

  Set<String> names() {
    synchronized (latest) {
      return Set.copyOf(latest.keySet());
    }
  }

  void put(CursorEntry entry) {
    latest.put(entry.destination(), entry);
  }

  void forget(String destination) {
    latest.remove(destination);
  }

  /// Whether the journal had a cursor of this name and lost it.
  boolean isLost(String destination) {
    return lost.contains(destination);
  }

  /// The destination has a cursor again.
  void found(String destination) {
    lost.remove(destination);
  }

  /// What says everything: a roster and the latest entry of each destination.
  List<CursorCodec.Item> items() {
    List<CursorCodec.Item> items = new ArrayList<>();
    items.add(roster());
    entries().forEach(entry -> items.add(item(entry)));
    return items;
  }

  CursorCodec.Item roster() {
    Set<String> names = new HashSet<>(names());
    names.addAll(lost);
    return new CursorCodec.Item.Roster(++sequence, names);
  }

  CursorCodec.Item item(CursorEntry entry) {
    return new CursorCodec.Item.Entry(++sequence, clock.wallMicros(), entry);
  }
}
