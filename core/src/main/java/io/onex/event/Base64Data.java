package io.onex.event;

import static io.onex.event.RefusalCode.BAD_ENCODING;
import static io.onex.event.RefusalCode.BAD_VALUE;
import static io.onex.event.RefusalCode.WRONG_TYPE;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The member `data_base64` of a CloudEvent, and the same event with what it says as `data`.
///
/// Source: CloudEvents JSON event format 1.0, section 3.1.1; RFC 4648, section 4.
final class Base64Data {
  /// The member, as refusals name it.
  static final String FIELD = "data_base64";

  private static final byte[] PLAIN_KEY = "\"data\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_PADDING = 2;

  private final Slice event;
  private final int keyStart;
  private final int valueStart;
  private final int valueEnd;
  private final boolean escaped;
  private final byte[] decoded;

  private Base64Data(
      Slice event, int keyStart, int valueStart, int valueEnd, boolean escaped, byte[] decoded) {
    this.event = event;
    this.keyStart = keyStart;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
    this.escaped = escaped;
    this.decoded = decoded;
  }

  static boolean isIn(Slots slots) {
    return slots.holds(Slots.TOP, Field.DATA_BASE64) && slots.isText(Slots.TOP, Field.SPECVERSION);
  }

  /// Decodes the member of the event from `start` up to `end`, which was scanned into `slots`.
  ///
  /// @throws JsonRefused when it is no text, no base64, or stands beside `data`
  static Base64Data of(byte[] array, int start, int end, Slots slots) {
    int from = slots.start(Slots.TOP, Field.DATA_BASE64);
    int to = slots.end(Slots.TOP, Field.DATA_BASE64);
    if (!slots.isText(Slots.TOP, Field.DATA_BASE64)) {
      throw new JsonRefused(WRONG_TYPE, from, FIELD, "base64 is a text");
    }
    if (slots.has(Slots.TOP, Field.DATA)) {
      throw new JsonRefused(BAD_VALUE, from, FIELD, "it excludes data, which is there as well");
    }
    boolean escaped = slots.isEscaped(Slots.TOP, Field.DATA_BASE64);
    byte[] text = JsonText.utf8(new Slice(array, from + 1, to - from - 2)).toByteArray();
    int fault = firstFault(text);
    if (fault >= 0) {
      int at = from + 1 + (escaped ? 0 : fault);
      throw new JsonRefused(BAD_ENCODING, at, FIELD, "this is no base64 (RFC 4648, section 4)");
    }
    byte[] decoded = text.length == 0 ? NOTHING : Base64.getDecoder().decode(text);
    return new Base64Data(
        new Slice(array, start, end - start),
        keyStart(array, from) - start,
        from - start,
        to - start,
        escaped,
        decoded);
  }

  /// What the text stands for; `null` for an empty one.
  byte[] decoded() {
    return decoded;
  }

  /// The whole event with a member `data` in the place of this one.
  byte[] spliced() {
    int tail = event.length() - valueEnd;
    byte[] all = new byte[dataStart() + decoded.length + tail];
    System.arraycopy(event.array(), event.offset(), all, 0, keyStart);
    System.arraycopy(PLAIN_KEY, 0, all, keyStart, PLAIN_KEY.length);
    System.arraycopy(decoded, 0, all, dataStart(), decoded.length);
    System.arraycopy(
        event.array(), event.offset() + valueEnd, all, dataStart() + decoded.length, tail);
    return all;
  }

  /// Where in the event the character stands that holds byte `index` of [#decoded].
  int offsetOfByte(int index) {
    return valueStart + 1 + (escaped ? 0 : index / 3 * 4 + index % 3);
  }

  /// Where in the event stands what is at `index` of [#spliced].
  int offsetOfSpliced(int index) {
    int dataEnd = dataStart() + decoded.length;
    return index < keyStart
        ? index
        : index < dataStart()
            ? valueStart
            : index < dataEnd ? offsetOfByte(index - dataStart()) : index - dataEnd + valueEnd;
  }

  /// The path of a field of [#decoded], as seen from the event.
  String pathOf(String field) {
    return field.isEmpty() ? FIELD : FIELD + "." + field;
  }

  /// The path of a field of [#spliced], as seen from the event.
  String fieldOf(String field) {
    return field.equals("data") || field.startsWith("data.")
        ? FIELD + field.substring("data".length())
        : field;
  }

  private int dataStart() {
    return keyStart + PLAIN_KEY.length;
  }

  /// The opening quote of the key whose value begins at `p`. The key holds no quote, escaped or
  /// not.
  private static int keyStart(byte[] array, int p) {
    int closing = p - 1;
    while (array[closing] != ':') {
      closing--;
    }
    while (array[closing] != '"') {
      closing--;
    }
    int opening = closing - 1;
    while (array[opening] != '"') {
      opening--;
    }
    return opening;
  }

  /// Index of the first character that cannot stand where it stands, -1 when there is none.
  private static int firstFault(byte[] text) {
    int digits = text.length;
    while (digits > 0 && text.length - digits < MOST_PADDING && text[digits - 1] == '=') {
      digits--;
    }
    for (int i = 0; i < digits; i++) {
      if (!isDigit(text[i])) {
        return i;
      }
    }
    return text.length % 4 == 0 ? -1 : text.length;
  }

  private static boolean isDigit(byte c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }
}
