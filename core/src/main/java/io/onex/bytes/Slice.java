package io.onex.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// A read-only stretch of a byte array: the unit that is passed along instead of a copy.
///
/// The array is shared and must not be written after the slice was made. Equality is by content.
///
/// @param array the bytes that contain the slice
/// @param offset index of the first byte, within `array`
/// @param length number of bytes, may be 0
public record Slice(byte[] array, int offset, int length) implements Comparable<Slice> {
  /// No bytes.
  public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  public Slice {
    Objects.checkFromIndexSize(offset, length, array.length);
  }

  /// The whole of `array`.
  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  /// The UTF-8 bytes of `text`.
  public static Slice utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The part that starts `from` bytes into this slice and is `size` bytes long.
  public Slice part(int from, int size) {
    Objects.checkFromIndexSize(from, size, length);
    return new Slice(array, offset + from, size);
  }

  /// Index in `array` just past the last byte.
  public int end() {
    return offset + length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /// A copy of the bytes.
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// The bytes read as UTF-8.
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  /// The order of the bytes as signed numbers: with it a table finds keys fast whose hashes
  /// somebody has made equal.
  @Override
  public int compareTo(Slice that) {
    return Arrays.compare(
        array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return utf8();
  }
}
