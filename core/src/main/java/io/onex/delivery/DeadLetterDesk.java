package io.onex.delivery;

import io.onex.log.RecordOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rejected records between their rejection and the moment their dead letters are durable.
final class DeadLetterDesk {
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  /// @param asked whether the answer is awaited; otherwise asked again at `notBeforeNanos`
  private record Entry(
      List<Item> items, List<Rejected> rejected, int failures, long notBeforeNanos, boolean asked) {
    Entry awaiting() {
      return new Entry(items, rejected, failures, notBeforeNanos, true);
    }
  }

  int size() {
    return entries.size();
  }

  boolean awaitsAnswers() {
    return entries.values().stream().anyMatch(Entry::asked);
  }

  void put(long id, List<Item> items, List<Rejected> rejected, long nowNanos) {
    entries.put(id, new Entry(items, rejected, 0, nowNanos, false));
  }

  /// Asks for everything that is due.
  List<DeliveryAction> ask(long nowNanos) {
    List<DeliveryAction> actions = new ArrayList<>();
    for (Map.Entry<Long, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (!entry.asked() && nowNanos - entry.notBeforeNanos() >= 0) {
        each.setValue(entry.awaiting());
        actions.add(new DeliveryAction.KeepDeadLetters(each.getKey(), entry.rejected()));
      }
    }
    return actions;
  }

  /// They are durable: settles them.
  void kept(long id, Settling settling) {
    Entry entry = entries.remove(id);
    if (entry == null) {
      return;
    }
    for (int i = 0; i < entry.items().size(); i++) {
      Rejected rejected = entry.rejected().get(i);
      settling.settle(
          List.of(entry.items().get(i)),
          RecordOutcome.DEAD_LETTERED,
          rejected.attempts(),
          rejected.why().code().text());
    }
  }

  /// They could not be kept; returns how often that happened to them, and waits until told.
  int failed(long id) {
    Entry entry = entries.get(id);
    return entry == null ? 1 : entry.failures() + 1;
  }

  void askAgain(long id, long atNanos) {
    entries.computeIfPresent(
        id,
        (key, entry) ->
            new Entry(entry.items(), entry.rejected(), entry.failures() + 1, atNanos, false));
  }

  void times(EarliestTime earliest) {
    for (Entry entry : entries.values()) {
      if (!entry.asked()) {
        earliest.add(entry.notBeforeNanos());
      }
    }
  }

  void oldest(OldestRecord oldest) {
    entries.values().forEach(entry -> oldest.add(entry.items().getFirst()));
  }
}
