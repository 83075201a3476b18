package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.storage.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the state of a fold as compact bytes that [SnapshotReader] reads back.
///
/// Numbers are variable-length (seven bits per byte, lowest first, zigzag for signed ones), texts
/// are their length and UTF-8 bytes. There are no tags: format and order are fixed by the version
/// that stands at the start. One thread at a time.
public final class SnapshotWriter {
  private byte[] array = new byte[1024];
  private int size;

  /// @param magic four ASCII characters that name the format
  /// @param version of the format, at least 1
  public SnapshotWriter(String magic, int version) {
    if (magic.length() != Integer.BYTES) {
      throw new IllegalArgumentException("a magic has four characters: " + magic);
    }
    raw(Slice.utf8(magic));
    unsigned(version);
  }

  /// A number from 0.
  public SnapshotWriter unsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not a number from 0: " + value);
    }
    return bits(value);
  }

  /// Any number; small ones are short.
  public SnapshotWriter signed(long value) {
    return bits((value << 1) ^ (value >> 63));
  }

  /// Eight bytes, for values without small ones such as hashes.
  public SnapshotWriter fixed(long value) {
    reserve(Long.BYTES);
    LittleEndian.I64.set(array, size, value);
    size += Long.BYTES;
    return this;
  }

  public SnapshotWriter real(double value) {
    return fixed(Double.doubleToRawLongBits(value));
  }

  public SnapshotWriter bool(boolean value) {
    return bits(value ? 1 : 0);
  }

  public SnapshotWriter bytes(Slice value) {
    bits(value.length());
    return raw(value);
  }

  public SnapshotWriter text(String value) {
    return bytes(Slice.of(value.getBytes(StandardCharsets.UTF_8)));
  }

  /// A copy of what was written.
  public Slice toSlice() {
    return Slice.of(Arrays.copyOf(array, size));
  }

  private SnapshotWriter bits(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
    return this;
  }

  private SnapshotWriter raw(Slice value) {
    reserve(value.length());
    System.arraycopy(value.array(), value.offset(), array, size, value.length());
    size += value.length();
    return this;
  }

  private void reserve(int more) {
    if (more > array.length - size) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(size, more)));
    }
  }
}
