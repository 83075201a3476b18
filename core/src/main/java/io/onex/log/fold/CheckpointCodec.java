package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The bytes of a checkpoint file, as `docs/reference/format/checkpoint.md` draws them.
final class CheckpointCodec {
  /// `O X C 1` read as a little endian number.
  private static final int MAGIC = 0x3143584f;

  private static final int CHECKED_FROM = 8;
  private static final int HEADER_BYTES = 56;

  private CheckpointCodec() {}

  static ByteBuffer encode(String fold, Checkpoint checkpoint, long savedMicros) {
    byte[] name = fold.getBytes(StandardCharsets.UTF_8);
    Slice snapshot = checkpoint.snapshot();
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + name.length + snapshot.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putInt(0)
            .putLong(checkpoint.position().offset())
            .putLong(checkpoint.rulesEpoch())
            .putLong(checkpoint.logEpoch())
            .putLong(savedMicros)
            .putInt(checkpoint.position().partition())
            .putInt(name.length)
            .putLong(snapshot.length())
            .put(name)
            .put(snapshot.array(), snapshot.offset(), snapshot.length());
    return out.putInt(4, checksum(out.array())).flip();
  }

  /// @throws IllegalArgumentException saying what is wrong with the bytes
  static Checkpoint decode(String fold, byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new IllegalArgumentException("it has %d bytes only".formatted(bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC) {
      throw new IllegalArgumentException("it is no checkpoint of this format version");
    }
    if (in.getInt() != checksum(bytes)) {
      throw new IllegalArgumentException("its checksum does not match");
    }
    long offset = in.getLong();
    long rulesEpoch = in.getLong();
    long logEpoch = in.getLong();
    in.getLong();
    int partition = in.getInt();
    int nameBytes = in.getInt();
    long snapshotBytes = in.getLong();
    if (nameBytes < 0 || HEADER_BYTES + nameBytes + snapshotBytes != bytes.length) {
      throw new IllegalArgumentException("its lengths contradict each other");
    }
    String name = new String(bytes, HEADER_BYTES, nameBytes, StandardCharsets.UTF_8);
    if (!name.equals(fold)) {
      throw new IllegalArgumentException("it belongs to fold " + name);
    }
    Slice snapshot = new Slice(bytes, HEADER_BYTES + nameBytes, (int) snapshotBytes);
    return new Checkpoint(new Position(partition, offset), snapshot, rulesEpoch, logEpoch);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, CHECKED_FROM, bytes.length - CHECKED_FROM);
    return (int) crc.getValue();
  }
}
