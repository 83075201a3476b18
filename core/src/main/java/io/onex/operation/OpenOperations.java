package io.onex.operation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations that have started and not ended: found by key, by correlation id and by age.
///
/// Every step takes constant time, however many STARTs share a key or a correlation id, so that no
/// sender can slow the fold down.
final class OpenOperations {
  /// STARTs whose times are this close may have been taken in in the wrong order.
  static final long REORDER_MICROS = 5_000_000;

  /// How far a chain is searched.
  private static final int MAX_STEPS = 64;

  private final KeyChains runningByKey = new KeyChains();
  private final KeyChains stuckByKey = new KeyChains();
  private final Map<CorrelationId, OpenOperation> innermost = new HashMap<>();
  private final AgeList running = new AgeList();
  private final AgeList stuck = new AgeList();

  int size() {
    return running.size() + stuck.size();
  }

  /// Bytes of memory that the texts of all take.
  long ownBytes() {
    return running.ownBytes() + stuck.ownBytes();
  }

  AgeList running() {
    return running;
  }

  AgeList stuck() {
    return stuck;
  }

  /// Takes an operation in and settles what it is nested in.
  void add(OpenOperation operation) {
    addByAge(operation);
    addByKey(operation);
    nest(operation);
  }

  /// The operation that an END of this key ends: the first in order, a stuck one only when no other
  /// is left.
  @Nullable OpenOperation match(PairKey key) {
    OpenOperation exact = first(key);
    if (exact != null || key.family() == OperationFamily.NODE) {
      return exact;
    }
    // One of the two lost the name of the operation (onex-facts a4.9).
    return key.operation().isEmpty() ? anyOperation(key) : first(key.withoutOperation());
  }

  /// The innermost open operation with this correlation id.
  @Nullable OpenOperation innermost(@Nullable CorrelationId correlation) {
    return correlation == null ? null : innermost.get(correlation);
  }

  void markStuck(OpenOperation operation) {
    running.remove(operation);
    runningByKey.remove(operation);
    operation.stuck = true;
    addByAge(operation);
    addByKey(operation);
  }

  void remove(OpenOperation operation) {
    (operation.stuck ? stuck : running).remove(operation);
    (operation.stuck ? stuckByKey : runningByKey).remove(operation);
    OpenOperation inside = operation.inner;
    OpenOperation outside = operation.outer;
    if (inside != null) {
      inside.outer = outside;
    } else if (operation.correlation != null) {
      if (outside == null) {
        innermost.remove(operation.correlation);
      } else {
        innermost.put(operation.correlation, outside);
      }
    }
    if (outside != null) {
      outside.inner = inside;
    }
  }

  /// Makes an operation the newest among the running or the stuck ones; a part of [#add].
  void addByAge(OpenOperation operation) {
    (operation.stuck ? stuck : running).add(operation);
  }

  /// Makes an operation the last of its key; a part of [#add].
  void addByKey(OpenOperation operation) {
    (operation.stuck ? stuckByKey : runningByKey).add(operation);
  }

  /// Puts an operation into the chain of its correlation id, inside `outer` when that is given.
  void appendInside(OpenOperation operation, @Nullable OpenOperation outer) {
    CorrelationId correlation = operation.correlation;
    if (correlation == null) {
      return;
    }
    operation.outer = outer;
    if (outer != null) {
      outer.inner = operation;
    }
    innermost.put(correlation, operation);
  }

  /// The innermost open operation is the parent. One that was taken in earlier but started a little
  /// later is inside the new one instead: the two STARTs arrived in the wrong order. A START whose
  /// clock is hours off says nothing about order.
  private void nest(OpenOperation operation) {
    if (operation.correlation == null) {
      return;
    }
    OpenOperation inside = null;
    OpenOperation outside = innermost.get(operation.correlation);
    for (int i = 0; i < MAX_STEPS && outside != null && startedJustAfter(outside, operation); i++) {
      inside = outside;
      outside = outside.outer;
    }
    operation.parentSpanId = outside == null ? 0 : outside.spanId;
    operation.outer = outside;
    operation.inner = inside;
    if (outside != null) {
      outside.inner = operation;
    }
    if (inside == null) {
      innermost.put(operation.correlation, operation);
    } else {
      inside.outer = operation;
      inside.parentSpanId = operation.spanId;
    }
  }

  private static boolean startedJustAfter(OpenOperation one, OpenOperation other) {
    long later = one.startMicros - other.startMicros;
    return later > 0 && later <= REORDER_MICROS;
  }

  private @Nullable OpenOperation first(PairKey key) {
    OpenOperation found = runningByKey.first(key);
    return found != null ? found : stuckByKey.first(key);
  }

  private @Nullable OpenOperation anyOperation(PairKey key) {
    OpenOperation candidate = innermost(key.correlation());
    for (int i = 0; i < MAX_STEPS && candidate != null; i++) {
      if (candidate.family == key.family() && candidate.node.equals(key.node())) {
        return candidate;
      }
      candidate = candidate.outer;
    }
    return null;
  }
}
