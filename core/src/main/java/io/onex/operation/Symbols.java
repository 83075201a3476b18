package io.onex.operation;

import io.onex.bytes.Slice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the one [Symbol] of a text without making a string of it.
///
/// Bounded: once `capacity` texts or [#MAX_TEXT_BYTES] of them are known, further ones get a symbol
/// that is not remembered, which costs memory per use ([Symbol#ownBytes]) but never changes an
/// answer. Texts whose hashes somebody has made equal are found by their order. One thread at a
/// time.
public final class Symbols {
  /// Most bytes of text that are remembered.
  static final int MAX_TEXT_BYTES = 8 << 20;

  private final int capacity;
  private final Map<Text, Symbol> known = new HashMap<>();

  /// Set to what is looked for, so that looking makes no object.
  private final Text wanted = new Text(Slice.EMPTY);

  private int textBytes;

  /// @param capacity most texts that are remembered, at least 1
  public Symbols(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("the capacity is at least 1, not " + capacity);
    }
    this.capacity = capacity;
  }

  /// The symbol of these UTF-8 bytes, which are copied when they are new.
  public Symbol of(Slice utf8) {
    if (utf8.isEmpty()) {
      return Symbol.EMPTY;
    }
    wanted.set(utf8);
    Symbol found = known.get(wanted);
    return found != null ? found : remember(Symbol.of(utf8));
  }

  private Symbol remember(Symbol symbol) {
    if (known.size() < capacity && textBytes + symbol.length() <= MAX_TEXT_BYTES) {
      textBytes += symbol.length();
      symbol.remembered = true;
      known.put(new Text(symbol.utf8()), symbol);
    }
    return symbol;
  }

  /// Bytes as a key. One that stands in the table is not changed any more.
  private static final class Text implements Comparable<Text> {
    private byte[] array;
    private int from;
    private int to;
    private int hash;

    Text(Slice utf8) {
      array = utf8.array();
      set(utf8);
    }

    void set(Slice utf8) {
      array = utf8.array();
      from = utf8.offset();
      to = utf8.end();
      hash = Symbol.hash(utf8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Text that
          && Arrays.equals(array, from, to, that.array, that.from, that.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Text that) {
      return Arrays.compare(array, from, to, that.array, that.from, that.to);
    }
  }
}
