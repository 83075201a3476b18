package io.onex.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Batches that were sent before and are to be sent again, in the order of their records, and which
/// of their records is tried beside one that keeps failing.
final class Waiting {
  /// Most records that are tried beside one that fails before they take turns.
  private static final int MAX_PROBES = 10;

  private final List<Batch> batches = new ArrayList<>();

  void add(Batch batch) {
    batches.add(batch);
    batches.sort(Comparator.comparingLong(Batch::firstOffset));
  }

  void remove(Batch batch) {
    batches.remove(batch);
  }

  void clear() {
    batches.clear();
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /// Those that wait now; what happens meanwhile does not show.
  List<Batch> all() {
    return List.copyOf(batches);
  }

  /// All may be tried at once.
  void allAgain(long nowNanos) {
    batches.replaceAll(batch -> batch.again(nowNanos));
  }

  /// Whether some batch may still go to the destination.
  boolean hasAny() {
    return batches.stream().anyMatch(batch -> batch.rejection().isEmpty());
  }

  /// Whether some record looks as if it were at fault.
  boolean hasSuspect(long nowNanos) {
    return batches.stream().anyMatch(batch -> batch.suspicion().isSuspectAlone(nowNanos));
  }

  /// The next record that did not fail alone; the more did, the further away, because poison comes
  /// in runs. After too many, which speak of an outage, they take turns.
  ///
  /// @param unread the next record that was not sent yet
  Optional<Batch> takeProbe(Supplier<Optional<Batch>> unread) {
    List<Batch> failed = new ArrayList<>();
    List<Batch> fresh = new ArrayList<>();
    for (Batch batch : batches) {
      if (batch.rejection().isEmpty()) {
        (batch.suspicion().isAlone() ? failed : fresh).add(batch);
      }
    }
    // The first of them is the one beside which another is tried.
    int probes = Math.max(0, failed.size() - 1);
    if (probes < MAX_PROBES && !fresh.isEmpty()) {
      Batch chosen = fresh.get(Math.min(probes, fresh.size() - 1));
      remove(chosen);
      if (chosen.size() > 1) {
        add(chosen.withoutFirst());
      }
      return Optional.of(chosen.firstAlone());
    }
    Optional<Batch> next = probes < MAX_PROBES ? unread.get() : Optional.empty();
    if (next.isPresent()) {
      return next;
    }
    Optional<Batch> again =
        failed.stream()
            .skip(1)
            .min(Comparator.comparingLong(batch -> batch.suspicion().lastAttempt()));
    again.ifPresent(this::remove);
    return again;
  }
}
