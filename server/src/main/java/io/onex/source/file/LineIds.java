package io.onex.source.file;

import io.onex.bytes.Slice;
import io.onex.ingest.EventIdMint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Ids for lines that carry none, computed from where the line stands: a line that is read again
/// after a crash gets the id it had, and the log knows it as a duplicate.
///
/// The id is a UUID of version 8 (RFC 9562 section 5.8) over the file's identity, how often it was
/// truncated, the offset of the line and its bytes.
///
/// @param identity names the file whatever it is called
/// @param generation how often it was seen truncated
/// @param start offset in the file of the first byte of the lines
public record LineIds(String identity, int generation, long start) {
  /// The id of the line that begins `offset` bytes into the lines.
  public Slice idOf(Slice line, int offset) {
    MessageDigest digest = sha256();
    digest.update(identity.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(12).putInt(generation).putLong(start + offset).flip());
    digest.update(line.array(), line.offset(), line.length());
    ByteBuffer bits = ByteBuffer.wrap(digest.digest());
    return EventIdMint.uuid8(bits.getLong(), bits.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
