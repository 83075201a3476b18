package io.onex.delivery;

import io.onex.log.Record;
import java.util.List;
import java.util.Optional;

/// Records that travel together, and how often they did.
///
/// @param items ascending, at least one
/// @param bytes of the bodies
/// @param attempts made with these records so far
/// @param failures attempts in a row that may succeed later; decides the next wait
/// @param notBeforeNanos when the next attempt may start
/// @param suspicion whether they may be at fault for that
/// @param fate what has become of these records, as far as it limits where they may go
record Batch(
    List<Item> items,
    long bytes,
    int attempts,
    int failures,
    long notBeforeNanos,
    Suspicion suspicion,
    Fate fate) {
  /// Where a batch may still go.
  sealed interface Fate {
    /// To the destination, or to the fallback while that is diverting.
    record Anywhere() implements Fate {}

    /// The fallback does not take it: only to the destination.
    record OwnOnly() implements Fate {}

    /// The destination rejected it: only to the fallback, else it is a dead letter.
    record FallbackOnly(Rejection why) implements Fate {}
  }

  static final Fate ANYWHERE = new Fate.Anywhere();
  static final Fate OWN_ONLY = new Fate.OwnOnly();

  Batch {
    items = List.copyOf(items);
  }

  static Batch first(List<Item> items, Fate fate, long nowNanos) {
    return new Batch(items, bytesOf(items), 0, 0, nowNanos, Suspicion.NONE, fate);
  }

  long firstOffset() {
    return items.getFirst().offset();
  }

  int size() {
    return items.size();
  }

  List<Record> records() {
    return items.stream().map(Item::record).toList();
  }

  Batch attempted() {
    return new Batch(items, bytes, attempts + 1, failures, notBeforeNanos, suspicion, fate);
  }

  Batch failedUntil(long nanos) {
    return new Batch(items, bytes, attempts, failures + 1, nanos, suspicion, fate);
  }

  /// These records after so many failures of their own.
  Batch aside(int ownFailures, long nanos) {
    return new Batch(items, bytes, attempts, ownFailures, nanos, Suspicion.NONE, fate);
  }

  Batch again(long nanos) {
    return new Batch(items, bytes, attempts, failures, nanos, suspicion, fate);
  }

  Batch only(List<Item> some) {
    return new Batch(some, bytesOf(some), attempts, failures, notBeforeNanos, suspicion, fate);
  }

  Batch with(Fate newFate) {
    return new Batch(items, bytes, attempts, 0, notBeforeNanos, suspicion, newFate);
  }

  Batch with(Suspicion now) {
    return new Batch(items, bytes, attempts, failures, notBeforeNanos, now, fate);
  }

  /// The first record alone, to be tried as if it had not been sent before.
  Batch firstAlone() {
    return only(List.of(items.getFirst())).with(Suspicion.NONE);
  }

  /// All but the first record, of at least two.
  Batch withoutFirst() {
    return only(items.subList(1, items.size()));
  }

  /// Both halves of a batch of at least two.
  List<Batch> halves() {
    int middle = items.size() / 2;
    return List.of(only(items.subList(0, middle)), only(items.subList(middle, items.size())));
  }

  Optional<Rejection> rejection() {
    return fate instanceof Fate.FallbackOnly(Rejection why) ? Optional.of(why) : Optional.empty();
  }

  private static long bytesOf(List<Item> items) {
    long sum = 0;
    for (Item item : items) {
      sum += item.bytes();
    }
    return sum;
  }
}
