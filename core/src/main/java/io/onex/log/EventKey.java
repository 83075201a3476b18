package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.bytes.UuidSpelling;
import io.onex.storage.LittleEndian;

/// The 128 bits by which event ids are compared: the bits of a UUID in any of its spellings
/// ([UuidSpelling]), else a hash of the bytes.
///
/// Before spellings other than the canonical one were read, their key was a hash like that of any
/// other text; what was written then is found by [#early].
///
/// The hash runs over the bytes twice, eight at a time, with different seeds and multipliers, and
/// finishes each half with the bit mixer of MurmurHash3 (public domain, Austin Appleby). It defends
/// against accidents: of 4 million distinct ids two are equal with a probability below 1e-25.
///
/// @param high the more significant half
/// @param low the less significant half
record EventKey(long high, long low) {
  private static final long SEED_HIGH = 0x9E3779B97F4A7C15L;
  private static final long SEED_LOW = 0xD1B54A32D192ED03L;
  private static final long FACTOR_HIGH = 0x9FB21C651E98DF25L;
  private static final long FACTOR_LOW = 0xC2B2AE3D27D4EB4FL;

  static EventKey of(Slice eventId) {
    long[] halves = new long[2];
    write(eventId.array(), eventId.offset(), eventId.length(), halves, 0);
    return new EventKey(halves[0], halves[1]);
  }

  /// The key that the id had in earlier versions; [#of] for all but some spellings of UUIDs.
  static EventKey early(Slice eventId) {
    if (!UuidSpelling.mayBe(eventId.length())) {
      return of(eventId);
    }
    byte[] array = eventId.array();
    return new EventKey(
        hash(array, eventId.offset(), eventId.length(), SEED_HIGH, FACTOR_HIGH),
        hash(array, eventId.offset(), eventId.length(), SEED_LOW, FACTOR_LOW));
  }

  /// Puts the halves of the key of an event id into `target` at `index` and `index + 1`.
  static void write(byte[] array, int offset, int length, long[] target, int index) {
    if (!UuidSpelling.read(array, offset, length, target, index)) {
      target[index] = hash(array, offset, length, SEED_HIGH, FACTOR_HIGH);
      target[index + 1] = hash(array, offset, length, SEED_LOW, FACTOR_LOW);
    }
  }

  private static long hash(byte[] array, int offset, int length, long seed, long factor) {
    long hash = seed ^ length * factor;
    int at = offset;
    for (int rest = length; rest >= Long.BYTES; rest -= Long.BYTES, at += Long.BYTES) {
      hash = Long.rotateLeft((hash ^ (long) LittleEndian.I64.get(array, at)) * factor, 29);
    }
    long tail = 0;
    for (int end = offset + length; at < end; at++) {
      tail = tail << 8 | (array[at] & 0xff);
    }
    return mix((hash ^ tail) * factor);
  }

  /// Spreads every bit of `bits` over the whole.
  static long mix(long bits) {
    long mixed = bits;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }

  /// 64 bits in which even keys that count upwards are spread evenly; files of ids up to version 3
  /// are sorted by it.
  static long fingerprint(long high, long low) {
    return mix(high ^ Long.rotateLeft(low, 32));
  }
}
