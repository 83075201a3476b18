package io.onex.event;

import io.onex.secret.NameJudge;
import io.onex.secret.Sensitivity;

/// Decides by its key whether a value must never be stored.
///
/// Pure, and safe for use by many threads. Asked once per distinct key, as decoders remember the
/// answer.
public interface SensitiveKeys extends NameJudge {
  /// No key is sensitive.
  SensitiveKeys NONE = key -> false;

  /// Whether the values under `key` are to be replaced, those nested below it included.
  boolean isSensitive(String key);

  /// How sensitive the values under `key` are; those that are not sure are judged by their look.
  @Override
  default Sensitivity sensitivity(String key) {
    return isSensitive(key) ? Sensitivity.SURE : Sensitivity.NONE;
  }
}
