package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import io.onex.secret.TextSecrets;

/// Takes secrets out of text that could not be read as an event, so that it may be shown or kept as
/// a dead letter. Reusable; one thread.
public final class BrokenText {
  private final TextSecrets secrets;
  private final Edits edits = new Edits();

  public BrokenText(SensitiveKeys sensitiveKeys) {
    this.secrets = new TextSecrets(sensitiveKeys);
  }

  /// What [#redact(Slice)] of a new instance answers.
  public static Slice redact(Slice text, SensitiveKeys sensitiveKeys) {
    return new BrokenText(sensitiveKeys).redact(text);
  }

  /// `text` itself when no secret is found in it, else a copy with each replaced by `***`.
  ///
  /// Values of sensitive keys are found by their look (`"key": value`, `key=value`) without relying
  /// on the grammar, so this errs on the side of replacing too much. What is written as an escape
  /// of JSON is read, and written plainly where something is replaced.
  public Slice redact(Slice text) {
    Slice plain = plain(text);
    edits.clear();
    secrets.find(plain.array(), plain.offset(), plain.end(), edits);
    if (edits.isEmpty()) {
      return text;
    }
    byte[] clean = new byte[edits.editedLength(plain.offset(), plain.end())];
    edits.apply(plain.array(), plain.offset(), plain.end(), clean);
    return Slice.of(clean);
  }

  /// The text with its escapes of printable characters and of the slash written as what they stand
  /// for, unless that would change where a string ends.
  private static Slice plain(Slice text) {
    byte[] b = text.array();
    int escape = nextEscape(b, text.offset(), text.end());
    if (escape == text.end()) {
      return text;
    }
    byte[] plain = new byte[text.length()];
    int length = 0;
    int from = text.offset();
    while (escape < text.end()) {
      System.arraycopy(b, from, plain, length, escape - from);
      length += escape - from;
      boolean slash = b[escape + 1] == '/';
      length = slash ? put(plain, length, '/') : put(plain, length, JsonText.hex4(b, escape + 2));
      from = escape + (slash ? 2 : 6);
      escape = nextEscape(b, from, text.end());
    }
    System.arraycopy(b, from, plain, length, text.end() - from);
    return new Slice(plain, 0, length + text.end() - from);
  }

  /// Writes a character of at most 16 bits as UTF-8 (RFC 3629); answers the length then.
  private static int put(byte[] plain, int length, int unit) {
    int p = length;
    if (unit < 0x80) {
      plain[p++] = (byte) unit;
    } else if (unit < 0x800) {
      plain[p++] = (byte) (0xc0 | unit >> 6);
      plain[p++] = (byte) (0x80 | (unit & 0x3f));
    } else {
      plain[p++] = (byte) (0xe0 | unit >> 12);
      plain[p++] = (byte) (0x80 | (unit >> 6 & 0x3f));
      plain[p++] = (byte) (0x80 | (unit & 0x3f));
    }
    return p;
  }

  private static boolean isPlain(int unit) {
    boolean control = unit < ' ' || (unit >= 0x7f && unit < 0xa0);
    boolean half = unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
    return !control && !half && unit != '"' && unit != '\\';
  }

  private static int nextEscape(byte[] b, int from, int to) {
    int p = from;
    while (p + 1 < to) {
      if (b[p] != '\\') {
        p++;
      } else if (b[p + 1] == '/') {
        return p;
      } else {
        int unit = b[p + 1] == 'u' && p + 6 <= to ? JsonText.hex4(b, p + 2) : -1;
        if (isPlain(unit)) {
          return p;
        }
        p += 2;
      }
    }
    return to;
  }
}
