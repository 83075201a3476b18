package io.onex.event;

import io.onex.bytes.KeyHash;
import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.json.JsonText;
import io.onex.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text whose bytes do not show what it says: JSON inside a JSON string, or ASCII written as
/// escapes. It is decoded, cleaned of secrets and encoded again.
///
/// Off the normal path, so it allocates. One thread.
final class HiddenText {
  private final EventLimits limits;
  private final SensitiveKeys sensitiveKeys;
  private final KeyHash hash;
  private final int nesting;
  private final JsonWriter writer = new JsonWriter(64);
  private @Nullable EventScan inside;
  private final BrokenText broken;
  private boolean redacted;

  HiddenText(EventLimits limits, SensitiveKeys sensitiveKeys, KeyHash hash, int nesting) {
    this.limits = limits;
    this.sensitiveKeys = sensitiveKeys;
    this.hash = hash;
    this.nesting = nesting;
    this.broken = new BrokenText(sensitiveKeys);
  }

  /// Whether the string whose text starts at `start` looks like an object or array with a key in
  /// it, which needs an escaped quote.
  static boolean mayHoldJson(byte[] b, int start, int flags) {
    return (flags & JsonLexer.ESCAPED) != 0
        && (b[start] == '{' || b[start] == '[' || b[start] == '\\' || b[start] == ' ');
  }

  /// Whether the last [#decode] replaced a secret.
  boolean redacted() {
    return redacted;
  }

  /// The object that the text holds, as JSON and without secrets; null when it holds none.
  byte @Nullable [] decode(byte[] b, int start, int end) {
    byte[] plain = JsonText.unescape(b, start, end).getBytes(StandardCharsets.UTF_8);
    EventScan scan = nesting > 0 ? scan(plain) : null;
    if (scan == null || plain[scan.space(0)] != '{') {
      return null;
    }
    redacted = scan.redacted;
    byte[] object = edited(scan, plain);
    oneLine(object, object.length);
    return object;
  }

  /// The text without secrets, to stand between the same quotes; null when it has none.
  byte @Nullable [] clean(byte[] b, int start, int end) {
    byte[] plain = JsonText.unescape(b, start, end).getBytes(StandardCharsets.UTF_8);
    EventScan scan = nesting > 0 ? scan(plain) : null;
    byte[] clean;
    if (scan != null) {
      if (!scan.redacted) {
        return null;
      }
      clean = edited(scan, plain);
    } else {
      Slice text = Slice.of(plain);
      Slice redactedText = broken.redact(text);
      if (redactedText.equals(text)) {
        return null;
      }
      clean = redactedText.array();
    }
    writer.clear();
    Slice quoted = writer.text(Slice.of(clean)).written();
    return quoted.part(1, quoted.length() - 2).toByteArray();
  }

  /// Line breaks can only be white space here; they would end a line of NDJSON.
  static void oneLine(byte[] json, int length) {
    for (int i = 0; i < length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
  }

  private static byte[] edited(EventScan scan, byte[] plain) {
    byte[] result = new byte[scan.edits.editedLength(0, plain.length)];
    scan.edits.apply(plain, 0, plain.length, result);
    return result;
  }

  /// The scan of the one value that fills `plain`, or null when there is none.
  private @Nullable EventScan scan(byte[] plain) {
    if (inside == null) {
      inside = new EventScan(limits, sensitiveKeys, hash, nesting - 1);
    }
    try {
      int start = JsonBytes.skipSpace(plain, 0, plain.length);
      boolean whole =
          JsonBytes.skipSpace(plain, inside.value(plain, start, plain.length), plain.length)
              == plain.length;
      return whole ? inside : null;
    } catch (JsonRefused notJson) {
      return null;
    }
  }
}
