package io.onex.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// 128 bits that stand for an id: those of a UUID, or a hash of any other text.
///
/// The hash is MurmurHash3 x64 128 with seed 0 (A. Appleby, public domain). It spreads well and is
/// fast, but is no defence against someone who wants two texts to collide; whoever must be exact
/// compares the texts too. Its value is part of file formats and of derived ids and never changes.
///
/// @param high the first eight bytes, as in the text of a UUID
/// @param low the last eight
public record Id128(long high, long low) {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  /// Bytes of a UUID in its canonical text form.
  public static final int UUID_LENGTH = 36;

  private static final int HEX_LENGTH = 32;
  private static final int FEWEST_DIGITS = 16;
  private static final byte[] URN = {'u', 'r', 'n', ':', 'u', 'u', 'i', 'd', ':'};

  /// Bytes of a UUID in braces behind its longest prefix.
  private static final int LONGEST_UUID = URN.length + UUID_LENGTH + 2;

  private static final int BLOCK = 16;

  /// What [#read] reads of `text`; else its hash.
  public static Id128 of(Slice text) {
    Id128 read = read(text);
    return read != null ? read : hash(text);
  }

  /// As [#of], for text in the place of a trace id, where clients drop leading zeros (Jaeger): 1 to
  /// 32 hex digits are its digits.
  public static Id128 ofTrace(Slice text) {
    Id128 read = read(text, 1);
    return read != null ? read : hash(text);
  }

  /// The bits of `text` in one of the spellings of an id, in either case: a UUID with hyphens, also
  /// in braces or behind `urn:uuid:` (RFC 9562, section 4), or 16 to 32 hex digits, which are
  /// filled with zeros on the left as trace ids are (Zipkin's API: 16 to 32). Null for any other
  /// text.
  public static @Nullable Id128 read(Slice text) {
    return read(text, FEWEST_DIGITS);
  }

  private static @Nullable Id128 read(Slice text, int fewestDigits) {
    byte[] b = text.array();
    int p = text.offset();
    int length = text.length();
    if (length == UUID_LENGTH && isUuid(b, p)) {
      return new Id128(upper(b, p), lower(b, p));
    }
    if (length == HEX_LENGTH
        && HexDigits.areHex(HexDigits.eight(b, p))
        && HexDigits.areHex(HexDigits.eight(b, p + 8))
        && HexDigits.areHex(HexDigits.eight(b, p + 16))
        && HexDigits.areHex(HexDigits.eight(b, p + 24))) {
      return new Id128(
          join(HexDigits.eight(b, p), HexDigits.eight(b, p + 8)),
          join(HexDigits.eight(b, p + 16), HexDigits.eight(b, p + 24)));
    }
    return length < HEX_LENGTH
        ? padded(b, p, length, fewestDigits)
        : length <= LONGEST_UUID ? decorated(b, p, length) : null;
  }

  private static @Nullable Id128 padded(byte[] b, int p, int length, int fewestDigits) {
    if (length < fewestDigits) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = p; i < p + length; i++) {
      int digit = HexDigits.digit(b[i]);
      if (digit < 0) {
        return null;
      }
      high = high << 4 | low >>> 60;
      low = low << 4 | digit;
    }
    return new Id128(high, low);
  }

  /// A UUID in braces, behind `urn:uuid:`, or both.
  private static @Nullable Id128 decorated(byte[] b, int p, int length) {
    int from = p;
    int to = p + length;
    if (length >= URN.length + HEX_LENGTH && isUrn(b, p)) {
      from += URN.length;
    }
    if (b[from] == '{' && b[to - 1] == '}') {
      from++;
      to--;
    }
    boolean plain = from == p;
    return plain || (to - from != UUID_LENGTH && to - from != HEX_LENGTH)
        ? null
        : read(new Slice(b, from, to - from));
  }

  private static boolean isUrn(byte[] b, int p) {
    for (int i = 0; i < URN.length; i++) {
      if ((b[p + i] | (URN[i] == ':' ? 0 : 0x20)) != URN[i]) {
        return false;
      }
    }
    return true;
  }

  /// Puts both halves of the UUID whose [#UUID_LENGTH] bytes begin at `p`, in either case, into
  /// `target` at `index` and `index + 1`; false when they are none. Allocates nothing.
  public static boolean readUuid(byte[] b, int p, long[] target, int index) {
    if (!isUuid(b, p)) {
      return false;
    }
    target[index] = upper(b, p);
    target[index + 1] = lower(b, p);
    return true;
  }

  /// Whether `text` has the canonical shape of a UUID, in either case.
  public static boolean isUuid(Slice text) {
    return text.length() == UUID_LENGTH && isUuid(text.array(), text.offset());
  }

  private static boolean isUuid(byte[] b, int p) {
    return hasHyphens(b, p)
        && HexDigits.areHex(HexDigits.eight(b, p))
        && HexDigits.areHex(HexDigits.four(b, p + 9, p + 14))
        && HexDigits.areHex(HexDigits.four(b, p + 19, p + 24))
        && HexDigits.areHex(HexDigits.eight(b, p + 28));
  }

  /// Whether `text` is a UUID as [#plainUuidUtf8] writes it: without capital letters.
  public static boolean isPlainUuid(Slice text) {
    byte[] b = text.array();
    int p = text.offset();
    return text.length() == UUID_LENGTH
        && hasHyphens(b, p)
        && HexDigits.areLowerHex(HexDigits.eight(b, p))
        && HexDigits.areLowerHex(HexDigits.four(b, p + 9, p + 14))
        && HexDigits.areLowerHex(HexDigits.four(b, p + 19, p + 24))
        && HexDigits.areLowerHex(HexDigits.eight(b, p + 28));
  }

  private static boolean hasHyphens(byte[] b, int p) {
    return b[p + 8] == '-' && b[p + 13] == '-' && b[p + 18] == '-' && b[p + 23] == '-';
  }

  private static long upper(byte[] b, int p) {
    return join(HexDigits.eight(b, p), HexDigits.four(b, p + 9, p + 14));
  }

  private static long lower(byte[] b, int p) {
    return join(HexDigits.four(b, p + 19, p + 24), HexDigits.eight(b, p + 28));
  }

  private static long join(long upper, long lower) {
    return ((long) HexDigits.value(upper) << 32) | (HexDigits.value(lower) & 0xffffffffL);
  }

  /// The hash of `bytes`, whatever they look like.
  public static Id128 hash(Slice bytes) {
    byte[] b = bytes.array();
    int p = bytes.offset();
    int blocksEnd = p + (bytes.length() & -BLOCK);
    long h1 = 0;
    long h2 = 0;
    for (; p < blocksEnd; p += BLOCK) {
      h1 ^= mixFirst((long) WORD.get(b, p));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mixSecond((long) WORD.get(b, p + Long.BYTES));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    int rest = bytes.end() - p;
    if (rest > Long.BYTES) {
      h2 ^= mixSecond(tail(b, p + Long.BYTES, rest - Long.BYTES));
    }
    if (rest > 0) {
      h1 ^= mixFirst(tail(b, p, Math.min(rest, Long.BYTES)));
    }
    h1 ^= bytes.length();
    h2 ^= bytes.length();
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    h1 += h2;
    return new Id128(h1, h2 + h1);
  }

  public boolean isZero() {
    return (high | low) == 0;
  }

  /// 32 lower-case hex digits.
  public String hex() {
    return hexUtf8().utf8();
  }

  /// As [#hex], as bytes.
  public Slice hexUtf8() {
    byte[] text = new byte[HEX_LENGTH];
    putHex(high, text, 0);
    putHex(low, text, 16);
    return Slice.of(text);
  }

  /// The bits in the shape of a UUID of version 8, which RFC 9562 leaves to the vendor; six bits
  /// give way to version and variant.
  public String uuidText() {
    return uuidUtf8().utf8();
  }

  /// As [#uuidText], as bytes.
  public Slice uuidUtf8() {
    return asUuid().plainUuidUtf8();
  }

  /// The bits of which [#uuidText] is the text.
  public Id128 asUuid() {
    return new Id128((high & ~0xf000L) | 0x8000L, (low & ~(0xcL << 60)) | (0x8L << 60));
  }

  /// The bits as the text of a UUID, whatever its version: what [#of] read, in lower case.
  public Slice plainUuidUtf8() {
    return uuidUtf8(high, low);
  }

  /// The 16 hex digits of `bits`, lower case.
  public static Slice hexUtf8(long bits) {
    byte[] text = new byte[16];
    putHex(bits, text, 0);
    return Slice.of(text);
  }

  private static Slice uuidUtf8(long high, long low) {
    byte[] text = new byte[UUID_LENGTH];
    putUuid(high, low, text, 0);
    return Slice.of(text);
  }

  /// Puts the text of [#plainUuidUtf8], [#UUID_LENGTH] bytes, at `at`.
  public void putPlainUuid(byte[] into, int at) {
    putUuid(high, low, into, at);
  }

  private static void putUuid(long high, long low, byte[] into, int at) {
    HexDigits.put((int) (high >>> 32), into, at);
    into[at + 8] = '-';
    HexDigits.putUpper((int) high, into, at + 9);
    into[at + 13] = '-';
    HexDigits.putLower((int) high, into, at + 14);
    into[at + 18] = '-';
    HexDigits.putUpper((int) (low >>> 32), into, at + 19);
    into[at + 23] = '-';
    HexDigits.putLower((int) (low >>> 32), into, at + 24);
    HexDigits.put((int) low, into, at + 28);
  }

  /// Puts the 16 hex digits of `bits`, lower case, at `at`.
  public static void putHex(long bits, byte[] into, int at) {
    HexDigits.put((int) (bits >>> 32), into, at);
    HexDigits.put((int) bits, into, at + 8);
  }

  private static long mixFirst(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mixSecond(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long tail(byte[] b, int p, int length) {
    long k = 0;
    for (int i = length - 1; i >= 0; i--) {
      k = (k << 8) | (b[p + i] & 0xffL);
    }
    return k;
  }

  private static long finish(long k) {
    k = (k ^ (k >>> 33)) * 0xff51afd7ed558ccdL;
    k = (k ^ (k >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return k ^ (k >>> 33);
  }
}
