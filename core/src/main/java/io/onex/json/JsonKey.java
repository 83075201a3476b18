package io.onex.json;

import io.onex.bytes.Slice;

/// The key of an object member in the form that is written, made once for keys that are written for
/// every record.
///
/// @param json the quoted, escaped key and the colon behind it
public record JsonKey(Slice json) {
  /// The key with this name; any text.
  public static JsonKey of(String name) {
    return new JsonKey(Slice.of(new JsonWriter(name.length() + 4).key(name).toByteArray()));
  }
}
