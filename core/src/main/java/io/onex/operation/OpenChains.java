package io.onex.operation;

import io.onex.log.fold.SnapshotReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the open operations of a snapshot back into their chains.
///
/// Each names the one before it under its key and the one that encloses it by ordinal, from 1; 0 is
/// none. Links that do not form plain chains are refused.
final class OpenChains {
  private final SnapshotReader in;
  private final int size;
  private final List<OpenOperation> operations;
  private final int[] before;
  private final int[] outer;

  OpenChains(SnapshotReader in, int size) {
    this.in = in;
    this.size = size;
    operations = new ArrayList<>(size);
    before = new int[size];
    outer = new int[size];
  }

  int size() {
    return size;
  }

  void add(OpenOperation operation, int beforeOrdinal, int outerOrdinal) {
    if (beforeOrdinal > size || outerOrdinal > size) {
      throw in.broken("it links to an operation it does not have");
    }
    before[operations.size()] = beforeOrdinal;
    outer[operations.size()] = outerOrdinal;
    operations.add(operation);
  }

  void link(OpenOperations open) {
    operations.forEach(open::addByAge);
    int[] after = reversed(before);
    int[] inner = reversed(outer);
    int inKeys = 0;
    int nested = 0;
    for (int i = 0; i < size; i++) {
      for (int at = before[i] == 0 ? i + 1 : 0; at != 0; at = after[at - 1]) {
        open.addByKey(operations.get(at - 1));
        inKeys++;
      }
      OpenOperation outside = null;
      for (int at = outer[i] == 0 ? i + 1 : 0; at != 0; at = inner[at - 1]) {
        outside = appendInside(open, operations.get(at - 1), outside);
        nested++;
      }
    }
    // What is in a ring has no beginning and was not reached.
    if (inKeys != size || nested != size) {
      throw in.broken("its operations are linked in a ring");
    }
  }

  private static OpenOperation appendInside(
      OpenOperations open, OpenOperation operation, @Nullable OpenOperation outside) {
    open.appendInside(operation, outside);
    return operation;
  }

  private int[] reversed(int[] links) {
    int[] back = new int[size];
    for (int i = 0; i < size; i++) {
      if (links[i] != 0) {
        if (back[links[i] - 1] != 0) {
          throw in.broken("two operations follow the same one");
        }
        back[links[i] - 1] = i + 1;
      }
    }
    return back;
  }
}
