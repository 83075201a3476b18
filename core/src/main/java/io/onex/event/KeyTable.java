package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.secret.PairRole;
import io.onex.secret.Sensitivity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Remembers what is known about the keys seen so far: which [Field] they are and whether their
/// values are sensitive.
///
/// Bounded: keys that hash to the same place push each other out and are judged again. An answer
/// holds until the next call of [#place].
///
/// It also remembers which keys came where, because the next event mostly has the same ones in the
/// same order: a key that is expected is compared word by word, quotes and colon included, instead
/// of being read and looked up ([#expected]). One thread.
final class KeyTable {
  private static final int PLACES = 2048;

  /// Longer keys are judged each time, so that nobody can fill the memory with them.
  private static final int LONGEST = 128;

  /// Longer keys are not expected.
  private static final int LONGEST_EXPECTED = 64;

  private static final long[] NO_PATTERN = {};

  private final SensitiveKeys sensitiveKeys;

  /// Each key as it stands in compact JSON, quotes and colon included, in words, and last a mask of
  /// the bytes that count in the last of them.
  private final long[][] patterns = new long[PLACES + 1][];

  /// By spot, the place of the key that was met there last, and of the one met before that.
  private final short[] latest = new short[(PLACES + 1) * 2];

  private final short[] earlier = new short[(PLACES + 1) * 2];
  private final byte[][] keys = new byte[PLACES + 1][];
  private final long[] hashes = new long[PLACES + 1];
  private final byte[] fields = new byte[PLACES + 1];

  /// What has to be done for the values of each key; null for most of them.
  private final @Nullable Treatment[] treatments = new Treatment[PLACES + 1];

  KeyTable(SensitiveKeys sensitiveKeys) {
    this.sensitiveKeys = sensitiveKeys;
    Arrays.fill(keys, Slice.EMPTY.array());
    Arrays.fill(fields, (byte) -1);
    Arrays.fill(patterns, NO_PATTERN);
  }

  /// The place of no key, from which the first key of the outermost object is expected.
  static int outside() {
    return PLACES;
  }

  /// The spot of the key behind the one at `place` in the same object.
  static int after(int place) {
    return place * 2;
  }

  /// The spot of the first key of the object that is the value of the key at `place`.
  static int inside(int place) {
    return place * 2 + 1;
  }

  /// The place of the key whose opening quote stands at `p` when it is one of those expected in
  /// this spot and a colon follows at once; -1 when not.
  int expected(byte[] b, int p, int to, int spot) {
    int place = latest[spot];
    if (stands(patterns[place], b, p, to)) {
      return place;
    }
    place = earlier[spot];
    return stands(patterns[place], b, p, to) ? place : -1;
  }

  private static boolean stands(long[] pattern, byte[] b, int p, int to) {
    int last = pattern.length - 2;
    if (last < 0 || p + (last + 1) * Long.BYTES > to) {
      return false;
    }
    long differences =
        (JsonBytes.word(b, p + last * Long.BYTES) ^ pattern[last]) & pattern[last + 1];
    for (int i = 0; i < last; i++) {
      differences |= JsonBytes.word(b, p + i * Long.BYTES) ^ pattern[i];
    }
    return differences == 0;
  }

  /// Remembers that the key at `place` stood in this spot.
  void met(int spot, int place) {
    earlier[spot] = latest[spot];
    latest[spot] = (short) place;
  }

  /// The hash of the key at this place.
  long hash(int place) {
    return hashes[place];
  }

  /// Bytes of the key at this place.
  int length(int place) {
    return keys[place].length;
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

  /// How the values of the key at this place are to be treated; null as they are.
  @Nullable Treatment treatment(int place) {
    return treatments[place];
  }

  /// What is special about the values of a key.
  record Treatment(Sensitivity grade, PairRole role) {}

  private void learn(int place, byte[] key, long hash) {
    keys[place] = key;
    hashes[place] = hash;
    patterns[place] = key.length > LONGEST_EXPECTED ? NO_PATTERN : pattern(key);
    judge(place, Slice.of(key).utf8());
  }

  private static long[] pattern(byte[] key) {
    int length = key.length + 3;
    int words = (length + Long.BYTES - 1) / Long.BYTES;
    byte[] text = new byte[words * Long.BYTES];
    text[0] = '"';
    System.arraycopy(key, 0, text, 1, key.length);
    text[key.length + 1] = '"';
    text[key.length + 2] = ':';
    long[] pattern = new long[words + 1];
    for (int i = 0; i < words; i++) {
      pattern[i] = JsonBytes.word(text, i * Long.BYTES);
    }
    pattern[words] = -1L >>> ((words * Long.BYTES - length) * Byte.SIZE);
    return pattern;
  }

  private void judge(int place, String text) {
    fields[place] = (byte) Field.indexOf(text);
    Sensitivity grade = sensitiveKeys.sensitivity(text);
    PairRole role = PairRole.of(text);
    treatments[place] =
        grade == Sensitivity.NONE && role == PairRole.NONE ? null : new Treatment(grade, role);
  }
}
