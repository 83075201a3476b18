package io.onex.event;

import io.onex.bytes.KeyHash;
import io.onex.bytes.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Remembers the types of the names seen so far, so that reading one does not allocate.
///
/// Bounded, as producers may send any number of names. One thread.
final class TypeCache {
  private static final int PLACES = 512;

  private final KeyHash hash;
  private final byte[][] names = new byte[PLACES][];
  private final @Nullable TypeName[] types = new TypeName[PLACES];

  TypeCache(KeyHash hash) {
    this.hash = hash;
    Arrays.fill(names, Slice.EMPTY.array());
  }

  /// The type named by the bytes, which hold no escapes; null when they cannot be a name.
  @Nullable TypeName read(byte[] b, int from, int to) {
    int place = (int) hash.of(b, from, to) & (PLACES - 1);
    byte[] name = names[place];
    if (name.length > 0 && Arrays.equals(name, 0, name.length, b, from, to)) {
      return types[place];
    }
    TypeName type = TypeNames.read(new Slice(b, from, to - from).utf8());
    if (type != null) {
      names[place] = Arrays.copyOfRange(b, from, to);
      types[place] = type;
    }
    return type;
  }
}
