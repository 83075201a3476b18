package io.onex.log;

import java.util.Arrays;

/// Records of small batches that come together in one block. Reused from block to block; owned by
/// one thread.
final class SharedBlock {
  private final int capacityBytes;
  private byte[] array = new byte[4096];
  private int[] starts = new int[64];
  private int size;
  private int count;

  /// @param capacityBytes of a block, unless a single record is larger
  SharedBlock(int capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  int count() {
    return count;
  }

  /// Whether a record of `length` bytes has room.
  boolean takes(int length) {
    return count == 0 || size + length <= capacityBytes;
  }

  /// Adds record `i` of `run`, copied.
  void add(RecordRun run, int i) {
    int length = run.length(i);
    if (size + length > array.length) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + length));
    }
    if (count + 1 == starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    System.arraycopy(run.array(), run.start(i), array, size, length);
    size += length;
    count++;
    starts[count] = size;
  }

  /// The records as a run of their own; the block is empty afterwards.
  RecordRun take() {
    RecordRun run =
        new RecordRun(Arrays.copyOf(array, size), Arrays.copyOf(starts, count + 1), 0, count);
    clear();
    return run;
  }

  /// Forgets what was added.
  void clear() {
    size = 0;
    count = 0;
  }
}
