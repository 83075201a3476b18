package io.onex.event;

import java.util.Arrays;

/// Remembers what is known about the keys seen so far: which [Field] they are and whether their
/// values are sensitive.
///
/// Bounded: keys that hash to the same place push each other out and are judged again. An answer
/// holds until the next call of [#place]. One thread.
final class KeyTable {
  private static final int PLACES = 2048;

  /// Longer keys are judged each time, so that nobody can fill the memory with them.
  private static final int LONGEST = 128;

  private final SensitiveKeys sensitiveKeys;
  private final byte[][] keys = new byte[PLACES + 1][];
  private final long[] hashes = new long[PLACES + 1];
  private final byte[] fields = new byte[PLACES + 1];
  private final boolean[] sensitive = new boolean[PLACES + 1];

  KeyTable(SensitiveKeys sensitiveKeys) {
    this.sensitiveKeys = sensitiveKeys;
    Arrays.fill(keys, Slice.EMPTY.array());
    Arrays.fill(fields, (byte) -1);
  }

  /// The place of the key whose bytes, without escapes, are given.
  int place(byte[] b, int from, int to, long hash) {
    if (to - from > LONGEST) {
      judge(PLACES, new Slice(b, from, to - from).utf8());
      return PLACES;
    }
    int place = (int) hash & (PLACES - 1);
    byte[] known = keys[place];
    if (hashes[place] != hash || !Arrays.equals(known, 0, known.length, b, from, to)) {
      learn(place, Arrays.copyOfRange(b, from, to), hash);
    }
    return place;
  }

  /// The number of the [Field] at this place, or -1.
  int field(int place) {
    return fields[place];
  }

  boolean isSensitive(int place) {
    return sensitive[place];
  }

  private void learn(int place, byte[] key, long hash) {
    keys[place] = key;
    hashes[place] = hash;
    judge(place, Slice.of(key).utf8());
  }

  private void judge(int place, String text) {
    fields[place] = (byte) Field.indexOf(text);
    sensitive[place] = sensitiveKeys.isSensitive(text);
  }
}
