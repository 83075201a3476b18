package io.onex.operation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Open operations by key; those with the same key in the order they are to be paired.
final class KeyChains {
  private final Map<PairKey, OpenOperation> firstByKey = new HashMap<>();

  @Nullable OpenOperation first(PairKey key) {
    return firstByKey.get(key);
  }

  void add(OpenOperation operation) {
    OpenOperation first = firstByKey.putIfAbsent(operation.key(), operation);
    operation.sameKeyAfter = null;
    if (first == null) {
      operation.sameKeyBefore = null;
      operation.sameKeyLast = operation;
      return;
    }
    OpenOperation last = first.sameKeyLast;
    if (last == null) {
      throw new IllegalStateException("the first of a key does not know the last");
    }
    last.sameKeyAfter = operation;
    operation.sameKeyBefore = last;
    first.sameKeyLast = operation;
  }

  void remove(OpenOperation operation) {
    OpenOperation before = operation.sameKeyBefore;
    OpenOperation after = operation.sameKeyAfter;
    if (before != null) {
      before.sameKeyAfter = after;
      if (after != null) {
        after.sameKeyBefore = before;
      } else {
        OpenOperation first = firstByKey.get(operation.key());
        if (first != null) {
          first.sameKeyLast = before;
        }
      }
    } else if (after != null) {
      after.sameKeyBefore = null;
      after.sameKeyLast = operation.sameKeyLast;
      firstByKey.put(operation.key(), after);
    } else {
      firstByKey.remove(operation.key());
    }
    operation.sameKeyBefore = null;
    operation.sameKeyAfter = null;
    operation.sameKeyLast = null;
  }
}
