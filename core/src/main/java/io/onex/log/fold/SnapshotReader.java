package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.storage.LittleEndian;

/// Reads what a [SnapshotWriter] wrote, in the same order.
///
/// Every method throws [IllegalArgumentException] when the bytes end early or cannot be what was
/// written, so a damaged snapshot is refused and never half believed. One thread at a time.
public final class SnapshotReader {
  private final String magic;
  private final Slice snapshot;
  private final int version;
  private int at;

  /// @throws IllegalArgumentException when the snapshot is of another format, or of a version below
  ///   1 or above `newestVersion`
  public SnapshotReader(Slice snapshot, String magic, int newestVersion) {
    this.magic = magic;
    this.snapshot = snapshot;
    if (!raw(Integer.BYTES).equals(Slice.utf8(magic))) {
      throw broken("it does not begin with the name of its format");
    }
    version = count();
    if (version < 1 || version > newestVersion) {
      throw broken("it has version " + version + ", this program reads up to " + newestVersion);
    }
  }

  /// Version of the format that the snapshot has.
  public int version() {
    return version;
  }

  public long unsigned() {
    long value = bits();
    if (value < 0) {
      throw broken("a number is negative");
    }
    return value;
  }

  /// A number of things that follow, each at least one byte long.
  public int count() {
    long value = bits();
    if (value < 0 || value > snapshot.length()) {
      throw broken("a count of " + value + " is more than it can hold");
    }
    return (int) value;
  }

  public long signed() {
    long value = bits();
    return (value >>> 1) ^ -(value & 1);
  }

  public long fixed() {
    Slice eight = raw(Long.BYTES);
    return (long) LittleEndian.I64.get(eight.array(), eight.offset());
  }

  public double real() {
    return Double.longBitsToDouble(fixed());
  }

  public boolean bool() {
    return bits() != 0;
  }

  /// A view of the bytes; it shares the array of the snapshot.
  public Slice bytes() {
    return raw(count());
  }

  public String text() {
    return bytes().utf8();
  }

  /// Checks that everything was read.
  public void end() {
    if (at != snapshot.length()) {
      throw broken((snapshot.length() - at) + " bytes are left over");
    }
  }

  /// What to throw when the values read contradict each other.
  public IllegalArgumentException broken(String why) {
    return new IllegalArgumentException("the snapshot " + magic + " cannot be read: " + why);
  }

  private long bits() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      Slice one = raw(1);
      byte b = one.array()[one.offset()];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken("a number does not end");
  }

  private Slice raw(int length) {
    if (length > snapshot.length() - at) {
      throw broken("it ends early");
    }
    Slice part = snapshot.part(at, length);
    at += length;
    return part;
  }
}
