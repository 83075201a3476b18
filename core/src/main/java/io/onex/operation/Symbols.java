package io.onex.operation;

import io.onex.bytes.Slice;
import org.jspecify.annotations.Nullable;

/// Finds the one [Symbol] of a text without making a string of it.
///
/// Bounded: once `capacity` texts are known, further ones get a symbol that is not remembered,
/// which costs memory per use but never changes an answer. One thread at a time.
public final class Symbols {
  private final int capacity;
  private @Nullable Symbol[] table = new Symbol[1024];
  private int size;

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
    int mask = table.length - 1;
    for (int i = Symbol.hash(utf8) & mask; ; i = (i + 1) & mask) {
      Symbol found = table[i];
      if (found == null) {
        return remember(Symbol.of(utf8));
      }
      if (found.is(utf8)) {
        return found;
      }
    }
  }

  private Symbol remember(Symbol symbol) {
    if (size < capacity) {
      if (++size * 2 > table.length) {
        grow();
      }
      put(table, symbol);
    }
    return symbol;
  }

  private void grow() {
    @Nullable Symbol[] larger = new Symbol[table.length * 2];
    for (Symbol symbol : table) {
      if (symbol != null) {
        put(larger, symbol);
      }
    }
    table = larger;
  }

  private static void put(@Nullable Symbol[] into, Symbol symbol) {
    int mask = into.length - 1;
    int i = symbol.hashCode() & mask;
    while (into[i] != null) {
      i = (i + 1) & mask;
    }
    into[i] = symbol;
  }
}
