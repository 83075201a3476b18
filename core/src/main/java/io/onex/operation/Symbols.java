package io.onex.operation;

import io.onex.bytes.Slice;
import org.jspecify.annotations.Nullable;

/// Finds the one [Symbol] of a text without making a string of it.
///
/// Bounded: once `capacity` texts or [#MAX_TEXT_BYTES] of them are known, further ones get a symbol
/// that is not remembered, which costs memory per use ([Symbol#ownBytes]) but never changes an
/// answer. One thread at a time.
public final class Symbols {
  /// Most bytes of text that are remembered.
  static final int MAX_TEXT_BYTES = 8 << 20;

  private static final int FIRST_PLACES = 64;

  private final int capacity;

  /// Open addressing with linear probing, at most half full.
  private @Nullable Symbol[] table = new Symbol[FIRST_PLACES];

  private int size;
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
    int hash = Symbol.hash(utf8);
    int mask = table.length - 1;
    int place = hash & mask;
    for (Symbol known = table[place]; known != null; known = table[place]) {
      if (known.is(utf8, hash)) {
        return known;
      }
      place = (place + 1) & mask;
    }
    return remember(Symbol.of(utf8, hash), place);
  }

  /// @param place the free one where it was looked for
  private Symbol remember(Symbol symbol, int place) {
    if (size < capacity && textBytes + symbol.length() <= MAX_TEXT_BYTES) {
      size++;
      textBytes += symbol.length();
      symbol.remembered = true;
      table[place] = symbol;
      if (size * 2 > table.length) {
        grow();
      }
    }
    return symbol;
  }

  private void grow() {
    @Nullable Symbol[] before = table;
    table = new Symbol[before.length * 2];
    int mask = table.length - 1;
    for (Symbol symbol : before) {
      if (symbol != null) {
        int place = symbol.hashCode() & mask;
        while (table[place] != null) {
          place = (place + 1) & mask;
        }
        table[place] = symbol;
      }
    }
  }
}
