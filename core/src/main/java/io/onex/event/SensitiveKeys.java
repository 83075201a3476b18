package io.onex.event;

/// Decides by its key whether a value must never be stored.
///
/// Pure, and safe for use by many threads. Asked once per distinct key, as decoders remember the
/// answer.
public interface SensitiveKeys {
  /// No key is sensitive.
  SensitiveKeys NONE = key -> false;

  /// Whether the values under `key` are to be replaced, those nested below it included.
  boolean isSensitive(String key);
}
