package io.onex.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A file of a [PowerCutStorage]: its bytes as they are read, as they are on the disk, and the
/// changes between the two. Guarded by its storage.
final class SimulatedFile {
  private static final int SECTOR_BYTES = 512;

  private Bytes current = new Bytes();
  private Bytes durable = new Bytes();
  private final List<Change> pending = new ArrayList<>();

  /// One sector's worth of a write, or a truncation (`bytes` empty).
  private record Change(long offset, byte[] bytes) {
    void apply(Bytes target) {
      if (bytes.length == 0) {
        target.truncate((int) offset);
      } else {
        target.write(bytes, (int) offset);
      }
    }
  }

  void write(byte[] bytes, long offset) {
    for (int done = 0; done < bytes.length; ) {
      int sectorRest = SECTOR_BYTES - (int) ((offset + done) % SECTOR_BYTES);
      int size = Math.min(bytes.length - done, sectorRest);
      change(new Change(offset + done, Arrays.copyOfRange(bytes, done, done + size)));
      done += size;
    }
  }

  void truncate(long size) {
    if (size < current.size) {
      change(new Change(size, new byte[0]));
    }
  }

  private void change(Change change) {
    change.apply(current);
    pending.add(change);
  }

  void force() {
    pending.forEach(change -> change.apply(durable));
    pending.clear();
  }

  int read(ByteBuffer target, long offset) {
    if (offset >= current.size) {
      return -1;
    }
    int count = Math.min(target.remaining(), current.size - (int) offset);
    target.put(current.array, (int) offset, count);
    return count;
  }

  long size() {
    return current.size;
  }

  byte[] content() {
    return Arrays.copyOf(current.array, current.size);
  }

  void replace(byte[] content) {
    pending.clear();
    current = new Bytes();
    current.write(content, 0);
    durable = current.copy();
  }

  SimulatedFile afterCut(Random random, double kept) {
    SimulatedFile survivor = new SimulatedFile();
    survivor.durable = durable.copy();
    for (Change change : pending) {
      if (random.nextDouble() < kept) {
        change.apply(survivor.durable);
      }
    }
    survivor.current = survivor.durable.copy();
    return survivor;
  }

  /// A growing array; what lies between its old end and a write beyond it is zero.
  private static final class Bytes {
    private byte[] array = new byte[0];
    private int size;

    void write(byte[] bytes, int offset) {
      int end = offset + bytes.length;
      if (end > array.length) {
        array = Arrays.copyOf(array, Math.max(end, array.length * 2));
      }
      System.arraycopy(bytes, 0, array, offset, bytes.length);
      size = Math.max(size, end);
    }

    void truncate(int newSize) {
      if (newSize < size) {
        Arrays.fill(array, newSize, size, (byte) 0);
        size = newSize;
      }
    }

    Bytes copy() {
      Bytes copy = new Bytes();
      copy.array = Arrays.copyOf(array, size);
      copy.size = size;
      return copy;
    }
  }
}
