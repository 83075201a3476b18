package io.onex.segment;

import java.util.zip.CRC32C;

/// CRC32C (RFC 3720, appendix B.4), the checksum of everything on disk.
public final class Checksum {
  private Checksum() {}

  /// The checksum of `length` bytes of `bytes` from `offset`.
  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
