package io.onex.event;

import io.onex.bytes.Slice;

/// Takes secrets out of text that could not be read as an event, so that it may be shown or kept as
/// a dead letter.
public final class BrokenText {
  private BrokenText() {}

  /// `text` itself when no secret is found in it, else a copy with each replaced by `***`.
  ///
  /// Values of sensitive keys are found by their look (`"key": value`, `key=value`) without relying
  /// on the grammar, so this errs on the side of replacing too much. Pure.
  public static Slice redact(Slice text, SensitiveKeys sensitiveKeys) {
    Edits edits = new Edits();
    SecretText.find(text.array(), text.offset(), text.end(), sensitiveKeys, edits);
    if (edits.isEmpty()) {
      return text;
    }
    byte[] clean = new byte[edits.editedLength(text.offset(), text.end())];
    edits.apply(text.array(), text.offset(), text.end(), clean);
    return Slice.of(clean);
  }
}
