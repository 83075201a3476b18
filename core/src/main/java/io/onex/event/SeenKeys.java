package io.onex.event;

import io.onex.bytes.KeyHash;
import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The keys of all objects that are open at one point of the scan, to find one that stands twice in
/// its object.
///
/// Small objects are compared key by key, large ones through an index of their own. One thread.
final class SeenKeys {
  private static final int SMALL = 64;

  private final KeyHash hash;
  private long[] hashes = new long[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int size;

  SeenKeys(KeyHash hash) {
    this.hash = hash;
  }

  int size() {
    return size;
  }

  /// Forgets the keys of an object that is closed: all but the first `size`.
  void cut(int size) {
    this.size = size;
  }

  /// Adds a key of the object whose first key has number `base`. Answers false when the object has
  /// it already. `index` is what [#index] answered for the key before.
  boolean add(byte[] b, int base, int @Nullable [] index, long hash, int from, int to) {
    if (index != null) {
      if (!place(b, index, hash, from, to)) {
        return false;
      }
    } else {
      for (int i = base; i < size; i++) {
        if (hashes[i] == hash && same(b, i, from, to)) {
          return false;
        }
      }
    }
    push(hash, from, to);
    return true;
  }

  /// Adds a key that is known to be new to its object, which has no index.
  void push(long hash, int from, int to) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    hashes[size] = hash;
    starts[size] = from;
    ends[size] = to;
    size++;
  }

  /// The index to use for the next key of the object: null while the object is small.
  int @Nullable [] index(int base, int @Nullable [] current) {
    int count = size - base;
    if (count < SMALL || (current != null && count * 2 < current.length)) {
      return current;
    }
    int[] index = new int[Integer.highestOneBit(count) * 8];
    for (int i = base; i < size; i++) {
      int at = (int) hashes[i] & (index.length - 1);
      while (index[at] != 0) {
        at = (at + 1) & (index.length - 1);
      }
      index[at] = i + 1;
    }
    return index;
  }

  private boolean place(byte[] b, int[] index, long hash, int from, int to) {
    int at = (int) hash & (index.length - 1);
    for (; index[at] != 0; at = (at + 1) & (index.length - 1)) {
      int i = index[at] - 1;
      if (hashes[i] == hash && same(b, i, from, to)) {
        return false;
      }
    }
    index[at] = size + 1;
    return true;
  }

  /// The hash of a key as it is meant, escapes resolved.
  long hash(byte[] b, int from, int to, boolean escaped) {
    if (!escaped) {
      return hash.of(b, from, to);
    }
    byte[] plain = Slice.utf8(JsonText.unescape(b, from, to)).array();
    return hash.of(plain, 0, plain.length);
  }

  private boolean same(byte[] b, int i, int from, int to) {
    return Arrays.equals(b, starts[i], ends[i], b, from, to)
        || JsonText.unescape(b, starts[i], ends[i]).equals(JsonText.unescape(b, from, to));
  }
}
