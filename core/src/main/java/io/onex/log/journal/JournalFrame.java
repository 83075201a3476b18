package io.onex.log.journal;

import io.onex.bytes.Slice;
import io.onex.storage.LittleEndian;
import io.onex.storage.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One checked entry of a small append-only file, and how such a file is read back.
///
/// Little endian: magic `OXJ` and version 1, length of the payload (u32), CRC32C (u32), payload.
/// The checksum covers the offset of the frame in its file, the length and the payload; a frame
/// that stands inside the payload of another, or was written to the wrong place, therefore never
/// passes. `docs/reference/format/cursors.md` draws it.
///
/// @param offset where the frame begins in its file
/// @param payload what it holds
public record JournalFrame(long offset, Slice payload) {
  public static final int HEADER_BYTES = 12;

  /// Longest payload; a length beyond it is damage.
  public static final int MAX_PAYLOAD_BYTES = 16 << 20;

  /// `O X J 1` read as a little endian number.
  private static final int MAGIC = 0x014a584f;

  /// What a file holds.
  ///
  /// @param frames those that pass their checksum, in file order
  /// @param damaged byte ranges between frames that do not, in file order
  /// @param end where the last good frame ends: the place to append at
  /// @param tornBytes bytes after `end`, such as of an entry that a crash cut short
  public record Contents(
      List<JournalFrame> frames, List<Damage> damaged, long end, long tornBytes) {}

  /// Bytes that are no frame.
  public record Damage(long offset, long bytes) {}

  /// Bytes of this frame in its file.
  public long bytes() {
    return HEADER_BYTES + (long) payload.length();
  }

  /// A frame with `payload`, ready to be written at `offset`.
  public static ByteBuffer encode(Slice payload, long offset) {
    if (payload.length() > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "an entry has at most " + MAX_PAYLOAD_BYTES + " bytes, not " + payload.length());
    }
    return ByteBuffer.allocate(HEADER_BYTES + payload.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(payload.length())
        .putInt(checksum(payload, offset))
        .put(payload.array(), payload.offset(), payload.length())
        .flip();
  }

  /// Reads the whole file; damage is passed over to the next good frame.
  public static Contents readAll(StorageFile file) throws IOException {
    byte[] bytes = bytes(file);
    List<JournalFrame> frames = new ArrayList<>();
    List<Damage> damaged = new ArrayList<>();
    int end = 0;
    int at = 0;
    // Where room was taken beforehand, zeros are most of the file.
    int last = Math.min(lastNonZero(bytes), bytes.length - HEADER_BYTES);
    while (at <= last) {
      Slice payload = payloadAt(bytes, at);
      if (payload == null) {
        at++;
        continue;
      }
      if (at > end) {
        damaged.add(new Damage(end, at - end));
      }
      frames.add(new JournalFrame(at, payload));
      at += HEADER_BYTES + payload.length();
      end = at;
    }
    return new Contents(List.copyOf(frames), List.copyOf(damaged), end, bytes.length - (long) end);
  }

  /// Reads the frame at `offset`.
  ///
  /// @throws IOException when there is none, or it does not pass its checksum
  public static JournalFrame read(StorageFile file, long offset) throws IOException {
    ByteBuffer header = fill(file, offset, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int length = header.getInt(4);
    if (header.getInt(0) != MAGIC || length < 0 || length > MAX_PAYLOAD_BYTES) {
      throw new IOException("no entry stands at offset " + offset);
    }
    Slice payload = Slice.of(fill(file, offset + HEADER_BYTES, length).array());
    if (checksum(payload, offset) != header.getInt(8)) {
      throw new IOException("the entry at offset " + offset + " is corrupt");
    }
    return new JournalFrame(offset, payload);
  }

  private static int lastNonZero(byte[] bytes) {
    int at = bytes.length;
    while (at >= Long.BYTES && (long) LittleEndian.I64.get(bytes, at - Long.BYTES) == 0) {
      at -= Long.BYTES;
    }
    while (at > 0 && bytes[at - 1] == 0) {
      at--;
    }
    return at - 1;
  }

  private static @Nullable Slice payloadAt(byte[] bytes, int at) {
    if ((int) LittleEndian.I32.get(bytes, at) != MAGIC) {
      return null;
    }
    int length = (int) LittleEndian.I32.get(bytes, at + 4);
    if (length < 0 || length > MAX_PAYLOAD_BYTES || length > bytes.length - at - HEADER_BYTES) {
      return null;
    }
    Slice payload = new Slice(bytes, at + HEADER_BYTES, length);
    return checksum(payload, at) == (int) LittleEndian.I32.get(bytes, at + 8) ? payload : null;
  }

  private static int checksum(Slice payload, long offset) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(offset)
            .putInt(payload.length())
            .flip());
    crc.update(payload.array(), payload.offset(), payload.length());
    return (int) crc.getValue();
  }

  private static byte[] bytes(StorageFile file) throws IOException {
    long size = file.size();
    if (size > Integer.MAX_VALUE - 8) {
      throw new IOException("a journal of " + size + " bytes cannot be read");
    }
    return fill(file, 0, (int) size).array();
  }

  private static ByteBuffer fill(StorageFile file, long offset, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (file.read(target, offset + target.position()) < 0) {
        throw new EOFException("the file ends before offset " + (offset + length));
      }
    }
    return target.flip();
  }
}
