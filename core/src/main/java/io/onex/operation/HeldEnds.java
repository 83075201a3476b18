package io.onex.operation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ENDs that wait a little for a START that may still arrive.
final class HeldEnds {
  private final ArrayDeque<HeldEnd> byAge = new ArrayDeque<>();
  private final Map<PairKey, ArrayDeque<HeldEnd>> byKey = new HashMap<>();
  private int size;
  private long ownBytes;

  int size() {
    return size;
  }

  /// Bytes of memory that the texts of all take.
  long ownBytes() {
    return ownBytes;
  }

  void add(HeldEnd held) {
    byAge.add(held);
    byKey.computeIfAbsent(held.end.key(), k -> new ArrayDeque<>(2)).add(held);
    size++;
    ownBytes += held.ownBytes;
  }

  /// Those that wait, oldest first.
  List<HeldEnd> all() {
    return byAge.stream().filter(held -> !held.done).toList();
  }

  /// The one that waits longest; null when none does.
  @Nullable HeldEnd oldest() {
    HeldEnd held = byAge.peek();
    while (held != null && held.done) {
      byAge.remove();
      held = byAge.peek();
    }
    return held;
  }

  void remove(HeldEnd held) {
    PairKey key = held.end.key();
    ArrayDeque<HeldEnd> sameKey = byKey.get(key);
    if (sameKey != null && sameKey.remove(held) && sameKey.isEmpty()) {
      byKey.remove(key);
    }
    held.done = true;
    size--;
    ownBytes -= held.ownBytes;
  }

  /// Takes out the END that belongs to `start`; null when none does.
  @Nullable HeldEnd take(OpenOperation start) {
    if (size == 0) {
      return null;
    }
    HeldEnd found = find(start, start.key());
    if (found == null && !start.operation.isEmpty()) {
      found = find(start, start.key().withoutOperation());
    }
    if (found != null) {
      remove(found);
    }
    return found;
  }

  private @Nullable HeldEnd find(OpenOperation start, PairKey key) {
    ArrayDeque<HeldEnd> sameKey = byKey.get(key);
    if (sameKey == null) {
      return null;
    }
    // The first few are enough: the others are younger still.
    Iterator<HeldEnd> each = sameKey.iterator();
    for (int i = 0; i < 16 && each.hasNext(); i++) {
      HeldEnd held = each.next();
      if (OperationTiming.canBelong(start, held.end)) {
        return held;
      }
    }
    return null;
  }
}
