package io.onex.bytes;

/// The ways in which one UUID is written: with hyphens or as 32 digits, also in braces, behind
/// `urn:uuid:` or both, in either case (RFC 9562, section 4; what Python's `UUID` reads). Pure;
/// allocates nothing.
public final class UuidSpelling {
  private static final int DIGITS = 32;
  private static final byte[] URN = {'u', 'r', 'n', ':', 'u', 'u', 'i', 'd', ':'};

  /// Bytes of the longest: with hyphens, in braces, behind the prefix.
  private static final int LONGEST = URN.length + Id128.UUID_LENGTH + 2;

  private UuidSpelling() {}

  /// Whether a text of so many bytes may be a UUID in another than its canonical spelling.
  public static boolean mayBe(int length) {
    return length >= DIGITS && length <= LONGEST && length != Id128.UUID_LENGTH;
  }

  /// Puts both halves of the UUID, in whatever spelling, into `target` at `index` and `index + 1`;
  /// false when the bytes are none.
  public static boolean read(byte[] b, int p, int length, long[] target, int index) {
    if (length == Id128.UUID_LENGTH) {
      return Id128.readUuid(b, p, target, index);
    }
    int from = mayBe(length) ? start(b, p, length) : p;
    int inner = length - (from - p) - (from > p && b[from - 1] == '{' ? 1 : 0);
    if (inner == Id128.UUID_LENGTH) {
      return Id128.readUuid(b, from, target, index);
    }
    if (inner != DIGITS || !areDigits(b, from)) {
      return false;
    }
    target[index] = half(b, from);
    target[index + 1] = half(b, from + 16);
    return true;
  }

  /// Where the digits begin, behind the prefix and the brace.
  private static int start(byte[] b, int p, int length) {
    int from = length >= URN.length + DIGITS && isUrn(b, p) ? p + URN.length : p;
    return b[from] == '{' && b[p + length - 1] == '}' ? from + 1 : from;
  }

  private static boolean isUrn(byte[] b, int p) {
    for (int i = 0; i < URN.length; i++) {
      if ((b[p + i] | (URN[i] == ':' ? 0 : 0x20)) != URN[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean areDigits(byte[] b, int p) {
    return HexDigits.areHex(HexDigits.eight(b, p))
        && HexDigits.areHex(HexDigits.eight(b, p + 8))
        && HexDigits.areHex(HexDigits.eight(b, p + 16))
        && HexDigits.areHex(HexDigits.eight(b, p + 24));
  }

  private static long half(byte[] b, int p) {
    return ((long) HexDigits.value(HexDigits.eight(b, p)) << 32)
        | (HexDigits.value(HexDigits.eight(b, p + 8)) & 0xffffffffL);
  }
}
