package io.onex.operation;

import io.onex.bytes.KeyHash;
import io.onex.bytes.Slice;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A short text that many events repeat, such as a node id: its bytes once, compared fast.
///
/// Immutable; safe for use by many threads. Equality is by content. Its hash follows from a secret
/// of the process, so that no sender can choose texts that meet in a table.
public final class Symbol implements Comparable<Symbol> {
  /// No text.
  public static final Symbol EMPTY = new Symbol(new byte[0], 0);

  private static final KeyHash HASH = new KeyHash(new SecureRandom().nextLong());

  private static final int OBJECT_BYTES = 48;

  private final byte[] bytes;
  private final int hash;
  // Filled on first use; a race makes the same text twice, which is harmless.
  private @Nullable String text;

  /// Whether [Symbols] hold it. Written before anybody else sees it.
  boolean remembered;

  private Symbol(byte[] bytes, int hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  /// A copy of UTF-8 bytes.
  public static Symbol of(Slice utf8) {
    return utf8.isEmpty() ? EMPTY : of(utf8, hash(utf8));
  }

  /// @param hash as [#hash] gives it; `utf8` is not empty
  static Symbol of(Slice utf8, int hash) {
    return new Symbol(utf8.toByteArray(), hash);
  }

  public static Symbol of(String text) {
    return of(Slice.utf8(text));
  }

  public String text() {
    String known = text;
    if (known == null) {
      known = utf8().utf8();
      text = known;
    }
    return known;
  }

  public Slice utf8() {
    return Slice.of(bytes);
  }

  /// Bytes of memory that whoever keeps it takes for it, because nobody else does.
  int ownBytes() {
    return remembered || bytes.length == 0 ? 0 : OBJECT_BYTES + bytes.length;
  }

  /// Bytes in UTF-8.
  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  static int hash(Slice utf8) {
    return (int) HASH.of(utf8.array(), utf8.offset(), utf8.end());
  }

  /// Whether its text is this one, whose hash is known.
  boolean is(Slice utf8, int itsHash) {
    return hash == itsHash
        && Arrays.equals(bytes, 0, bytes.length, utf8.array(), utf8.offset(), utf8.end());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Symbol that && hash == that.hash && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int compareTo(Symbol that) {
    return Arrays.compare(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
