package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.time.Clock;
import java.util.random.RandomGenerator;

/// Makes ids for events that came without one: time-ordered UUIDs, version 7 (RFC 9562 section 5.7,
/// the fraction of the millisecond in `rand_a` as in section 6.2, method 3). One thread at a time.
public final class EventIdMint {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int TEXT_BYTES = 36;

  private final Clock clock;
  private final RandomGenerator random;

  public EventIdMint(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// The next id, as 36 bytes of text.
  public Slice next() {
    long micros = clock.wallMicros();
    long millis = Math.floorDiv(micros, 1000L);
    // 12 bits for the thousandths of the millisecond.
    long fraction = Math.floorMod(micros, 1000L) * 4096 / 1000;
    long high = (millis << 16) | 0x7000L | fraction;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return text(high, low);
  }

  /// A UUID of version 8 (RFC 9562 section 5.8) out of these 128 bits, as text.
  public static Slice uuid8(long high, long low) {
    return text(
        (high & 0xffff_ffff_ffff_0fffL) | 0x8000L,
        (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
  }

  /// A UUID of these 128 bits, as text.
  static Slice text(long high, long low) {
    byte[] text = new byte[TEXT_BYTES];
    int at = 0;
    for (int nibble = 0; nibble < 32; nibble++) {
      if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) {
        text[at++] = '-';
      }
      long half = nibble < 16 ? high : low;
      text[at++] = HEX[(int) (half >>> (60 - 4 * (nibble & 15))) & 15];
    }
    return Slice.of(text);
  }
}
