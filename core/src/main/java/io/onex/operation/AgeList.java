package io.onex.operation;

import org.jspecify.annotations.Nullable;

/// Open operations in the order they were taken in.
final class AgeList {
  private @Nullable OpenOperation oldest;
  private @Nullable OpenOperation newest;
  private int size;
  private long ownBytes;

  @Nullable OpenOperation oldest() {
    return oldest;
  }

  int size() {
    return size;
  }

  /// Bytes of memory that the texts of these operations take.
  long ownBytes() {
    return ownBytes;
  }

  void add(OpenOperation operation) {
    OpenOperation last = newest;
    operation.older = last;
    operation.newer = null;
    if (last == null) {
      oldest = operation;
    } else {
      last.newer = operation;
    }
    newest = operation;
    size++;
    ownBytes += operation.ownBytes;
  }

  void remove(OpenOperation operation) {
    OpenOperation before = operation.older;
    OpenOperation after = operation.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    operation.older = null;
    operation.newer = null;
    size--;
    ownBytes -= operation.ownBytes;
  }
}
