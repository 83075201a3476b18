package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.log.RecordWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// An event id as a record keeps it: one that is longer than that is replaced by a UUID over its
/// bytes, so that the same long id is still the same.
public final class KeptId {
  private KeptId() {}

  public static Slice of(Slice id) {
    if (id.length() <= RecordWriter.MAX_EVENT_ID_BYTES) {
      return id;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(id.array(), id.offset(), id.length());
      ByteBuffer bits = ByteBuffer.wrap(digest.digest());
      return EventIdMint.uuid8(bits.getLong(), bits.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
