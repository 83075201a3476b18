package io.onex.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A hash of short byte strings, keyed by a seed so that nobody outside can choose colliding keys.
///
/// Two words are folded by a 128-bit product, as in wyhash (Wang Yi, public domain). Immutable.
public final class KeyHash {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ODD_1 = 0xa0761d6478bd642fL;
  private static final long ODD_2 = 0xe7037ed1a0b428dbL;

  private final long seed;

  /// @param seed nobody outside can know
  public KeyHash(long seed) {
    this.seed = seed ^ ODD_1;
  }

  /// The hash of the bytes from `from` to before `to`.
  public long of(byte[] b, int from, int to) {
    int length = to - from;
    if (length < Long.BYTES) {
      return fold(few(b, from, length) ^ seed, length ^ ODD_2);
    }
    long hash = seed;
    int p = from;
    for (; p + Long.BYTES < to; p += Long.BYTES) {
      hash = fold(word(b, p) ^ hash, ODD_2 ^ p - from);
    }
    return fold(word(b, to - Long.BYTES) ^ hash, length ^ ODD_2);
  }

  private static long few(byte[] b, int from, int length) {
    if (from + Long.BYTES <= b.length) {
      return word(b, from) & ((1L << (length * 8)) - 1);
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (b[from + i] & 0xffL) << (i * 8);
    }
    return word;
  }

  private static long word(byte[] b, int p) {
    return (long) WORD.get(b, p);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
