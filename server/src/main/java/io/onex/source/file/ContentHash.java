package io.onex.source.file;

/// A hash of all bytes from the beginning of a content up to a place, which can be gone on with at
/// any place after any pause. One thread at a time.
///
/// A polynomial over the prime 2^61 - 1 (Carter and Wegman, "Universal classes of hash functions",
/// 1979), evaluated at a secret point: two contents of n bytes that differ meet with a probability
/// of n / 7 / 2^61 at most, and nobody who does not know the point can aim at it. Seven bytes are
/// one coefficient, so that each is below the prime.
final class ContentHash {
  private static final long PRIME = (1L << 61) - 1;
  private static final int WORD = 7;

  private final long point;
  private long length;
  private long high;
  private long pending;

  /// @param secret decides the point
  ContentHash(long secret, State from) {
    this.point = Math.floorMod(secret, PRIME - 2) + 1;
    length = from.length();
    high = from.high();
    pending = from.pending();
  }

  /// What the hash is at one place. Two are equal when the contents before it are.
  ///
  /// @param length bytes so far
  /// @param high the polynomial of the whole words
  /// @param pending the bytes behind the last whole word
  record State(long length, long high, long pending) {
    static final State START = new State(0, 0, 0);
  }

  State state() {
    return new State(length, high, pending);
  }

  void update(byte[] bytes, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end && length % WORD != 0) {
      add(bytes[at++]);
    }
    while (end - at >= WORD) {
      long word = 0;
      for (int i = 0; i < WORD; i++) {
        word = (word << 8) | (bytes[at + i] & 0xff);
      }
      high = reduced(product(high, point) + word);
      length += WORD;
      at += WORD;
    }
    while (at < end) {
      add(bytes[at++]);
    }
  }

  /// As [#update] with `count` NUL bytes, however many.
  void updateZeros(long count) {
    long left = count;
    while (left > 0 && length % WORD != 0) {
      add((byte) 0);
      left--;
    }
    long words = left / WORD;
    high = product(high, power(words));
    length += words * WORD;
    for (long i = left % WORD; i > 0; i--) {
      add((byte) 0);
    }
  }

  private void add(byte b) {
    pending = (pending << 8) | (b & 0xff);
    length++;
    if (length % WORD == 0) {
      high = reduced(product(high, point) + pending);
      pending = 0;
    }
  }

  private long power(long exponent) {
    long result = 1;
    long square = point;
    for (long left = exponent; left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        result = product(result, square);
      }
      square = product(square, square);
    }
    return result;
  }

  private static long product(long a, long b) {
    long low = a * b;
    long upper = Math.multiplyHigh(a, b);
    return reduced((low & PRIME) + ((low >>> 61) | (upper << 3)));
  }

  /// Of what is below twice the prime and a little.
  private static long reduced(long value) {
    long once = (value & PRIME) + (value >>> 61);
    return once >= PRIME ? once - PRIME : once;
  }
}
