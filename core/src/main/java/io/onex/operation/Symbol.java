package io.onex.operation;

import io.onex.bytes.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A short text that many events repeat, such as a node id: its bytes once, compared fast.
///
/// Immutable; safe for use by many threads. Equality is by content. Its hash is a well-known one,
/// which senders can aim at: what finds symbols by it needs their order, too.
public final class Symbol implements Comparable<Symbol> {
  /// No text.
  public static final Symbol EMPTY = new Symbol(new byte[0], 1);

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
    return utf8.isEmpty() ? EMPTY : new Symbol(utf8.toByteArray(), hash(utf8));
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
    byte[] b = utf8.array();
    int hash = 1;
    for (int p = utf8.offset(); p < utf8.end(); p++) {
      hash = 31 * hash + b[p];
    }
    // Spread, as tables take the low bits.
    return hash ^ (hash >>> 15);
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
