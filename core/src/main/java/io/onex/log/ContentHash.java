package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.json.JsonFields;
import io.onex.json.JsonText;
import io.onex.storage.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A hash of what an event says, by which a repeat of it is told from another event of the same id:
/// its type, node and correlation id, the sender's time and the metadata, as read.
///
/// Neither the order of keys nor white space, the spelling of a number or of an escape change it,
/// nor what a transport writes anew at each try: what stands around an event, and
/// [#TRANSPORT_KEYS]. An event without metadata says what its payload, or else its whole body,
/// says. Records that are no event or log line are told apart by the bytes of their body.
///
/// Words are folded by 128-bit products from a secret seed on, as in wyhash (Wang Yi, public
/// domain); members of an object are added up. `designs/log.md` weighs it. One thread at a time.
final class ContentHash {
  private static final long ODD_1 = 0xa0761d6478bd642fL;
  private static final long ODD_2 = 0xe7037ed1a0b428dbL;
  private static final long ODD_3 = 0x8ebc6af09c88c6e3L;
  // Other than the factors, as nothing may be folded with 0.
  private static final long TRUE = 0x9ddfea08eb382d69L;
  private static final long FALSE = 0xc3a5c85c97cb3127L;
  private static final long NULL = 0xb492b66fbe98f273L;
  private static final long NUMBER = 0x87c37b91114253d5L;

  /// Keys that a transport writes anew at each try, and the id itself, in a body that is metadata
  /// as a whole. Of the metadata inside an event only the count of tries is left out.
  private static final byte[][] TRANSPORT_KEYS = {
    utf8("event_id"),
    utf8("envelope_id"),
    utf8("envelope_timestamp"),
    utf8("headers"),
    utf8("message_id"),
    utf8("retry_count")
  };

  private static final byte[][] COUNT_OF_TRIES = {utf8("retry_count")};
  private static final byte[][] NONE = {};

  private final long seed;
  private byte[] b = Slice.EMPTY.array();
  private int to;

  /// The hash of the value that was read last.
  private long value;

  /// Whether the text that was read last holds escapes.
  private boolean escaped;

  private final PlainNumber plainly = new PlainNumber();

  ContentHash(long seed) {
    this.seed = seed;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The hash of the record that begins at `start` of `array` and ends before `end`.
  long of(byte[] array, int start, int end) {
    b = array;
    to = end;
    int flags = u16(start + RecordFrame.FLAGS);
    int body = end - i32(start + RecordFrame.BODY_LENGTH);
    long hash = seed ^ u16(start + RecordFrame.TYPE);
    int typeName = u16(start + RecordFrame.TYPE_NAME_LENGTH);
    if (typeName > 0) {
      hash = fold(hash, bytes(body - typeName, body));
    }
    hash =
        field(
            hash,
            body,
            i32(start + RecordFrame.NODE_ID_OFFSET),
            u16(start + RecordFrame.NODE_ID_LENGTH),
            (flags & RecordFlags.NODE_ID_ESCAPED) != 0);
    hash =
        field(
            hash,
            body,
            i32(start + RecordFrame.CORRELATION_ID_OFFSET),
            u16(start + RecordFrame.CORRELATION_ID_LENGTH),
            (flags & RecordFlags.CORRELATION_ID_ESCAPED) != 0);
    hash = fold(hash, time(start, body, flags));
    return fold(hash, said(start, body));
  }

  private long field(long hash, int body, int offset, int length, boolean escaped) {
    if (offset == RecordFrame.ABSENT) {
      return fold(hash, ODD_3);
    }
    return fold(
        hash,
        escaped
            ? unescaped(body + offset, body + offset + length)
            : bytes(body + offset, body + offset + length));
  }

  /// The time, if the sender gave it. Of an event whose envelope's time was taken instead of its
  /// own, its own.
  private long time(int start, int body, int flags) {
    if ((flags & RecordFlags.TIME_ASSUMED) != 0) {
      return ODD_3;
    }
    if ((flags & RecordFlags.TIME_OF_ENVELOPE) == 0) {
      return (long) LittleEndian.I64.get(b, start + RecordFrame.EVENT_TIME) ^ ODD_1;
    }
    Slice own = JsonFields.find(new Slice(b, body, to - body), "payload", "timestamp");
    return own.isEmpty() ? ODD_3 : hashOf(own);
  }

  private long said(int start, int body) {
    int metadata = i32(start + RecordFrame.METADATA_OFFSET);
    int length = i32(start + RecordFrame.METADATA_LENGTH);
    if (metadata > 0 && b[body + metadata] == '{') {
      return top(body + metadata, false);
    }
    if (metadata < 0) {
      Slice payload = JsonFields.find(new Slice(b, body, to - body), "payload");
      if (!payload.isEmpty()) {
        return payload.array()[payload.offset()] == '{'
            ? top(payload.offset(), false)
            : hashOf(payload);
      }
    } else if (length < to - body) {
      return bytes(body + metadata, body + metadata + length);
    }
    return body < to && b[body] == '{' ? top(body, true) : bytes(body, to);
  }

  private long top(int p, boolean whole) {
    object(p, whole ? TRANSPORT_KEYS : COUNT_OF_TRIES);
    return value;
  }

  private long hashOf(Slice json) {
    value(json.offset());
    return value;
  }

  // ---- JSON that is known to be valid

  /// Reads the value at `p` and answers the index behind it.
  private int value(int p) {
    return switch (b[p]) {
      case '"' -> string(p + 1) + 1;
      case '{' -> object(p, NONE);
      case '[' -> array(p);
      case 't' -> word(p + 4, TRUE);
      case 'f' -> word(p + 5, FALSE);
      case 'n' -> word(p + 4, NULL);
      default -> number(p);
    };
  }

  private int word(int end, long hash) {
    value = hash;
    return end;
  }

  private int object(int start, byte[][] without) {
    long sum = 0;
    int p = space(start + 1);
    while (p < to && b[p] != '}') {
      int keyStart = p + 1;
      int keyEnd = string(keyStart);
      long key = value;
      p = space(space(keyEnd + 1) + 1);
      p = space(b[p] == '"' ? string(p + 1) + 1 : value(p));
      if (without.length == 0 || !isOneOf(without, keyStart, keyEnd)) {
        sum += fold(key ^ ODD_2, value ^ ODD_1);
      }
      if (p < to && b[p] == ',') {
        p = space(p + 1);
      }
    }
    value = fold(sum ^ seed, ODD_3);
    return p + 1;
  }

  private boolean isOneOf(byte[][] keys, int from, int end) {
    for (byte[] key : keys) {
      if (key.length == end - from && Arrays.equals(b, from, end, key, 0, key.length)) {
        return true;
      }
    }
    return false;
  }

  private int array(int start) {
    long all = seed ^ ODD_1;
    int p = space(start + 1);
    while (p < to && b[p] != ']') {
      p = space(value(p));
      all = fold(all ^ value, ODD_2);
      if (p < to && b[p] == ',') {
        p = space(p + 1);
      }
    }
    value = fold(all, ODD_1);
    return p + 1;
  }

  private int space(int p) {
    return p < to && b[p] <= ' ' ? spaces(p + 1) : p;
  }

  private int spaces(int p) {
    int at = p;
    while (at < to && b[at] <= ' ') {
      at++;
    }
    return at;
  }

  /// Reads the text that begins at `from` and answers the index of its quote.
  private int string(int from) {
    if (from + Long.BYTES <= to) {
      long word = JsonBytes.word(b, from);
      long found = JsonBytes.quoteOrBackslash(word);
      if (found != 0) {
        int length = Long.numberOfTrailingZeros(found) >>> 3;
        if (b[from + length] == '"') {
          value = few(word & ((1L << (length * 8)) - 1), length);
          return from + length;
        }
      }
    }
    int end = endOfString(from);
    value = escaped ? unescaped(from, end) : bytes(from, end);
    return end;
  }

  /// Index of the quote that ends the text that begins at `from`; its escapes are noted.
  private int endOfString(int from) {
    escaped = false;
    int p = from;
    for (; p + Long.BYTES <= to; p += Long.BYTES) {
      long found = JsonBytes.quoteOrBackslash(JsonBytes.word(b, p));
      if (found != 0) {
        p += Long.numberOfTrailingZeros(found) >>> 3;
        if (b[p] == '"') {
          return p;
        }
        break;
      }
    }
    while (p < to && b[p] != '"' && b[p] != '\\') {
      p++;
    }
    if (p < to && b[p] == '"') {
      return p;
    }
    escaped = true;
    return JsonBytes.endOfString(b, p, to);
  }

  private long unescaped(int from, int end) {
    Slice plain = JsonText.utf8(new Slice(b, from, end - from));
    byte[] body = b;
    b = plain.array();
    long hash = bytes(plain.offset(), plain.end());
    b = body;
    return hash;
  }

  /// The hash of bytes; both factors of each product are secret.
  private long bytes(int from, int end) {
    int length = end - from;
    long hash = seed ^ length * ODD_3;
    int p = from;
    for (; p + 2 * Long.BYTES < end; p += 2 * Long.BYTES) {
      hash = fold(JsonBytes.word(b, p) ^ seed, JsonBytes.word(b, p + Long.BYTES) ^ hash);
    }
    int rest = end - p;
    if (rest > Long.BYTES) {
      return fold(JsonBytes.word(b, p) ^ seed, JsonBytes.word(b, end - Long.BYTES) ^ hash);
    }
    if (length >= Long.BYTES) {
      return fold(JsonBytes.word(b, end - Long.BYTES) ^ seed, hash ^ ODD_2);
    }
    return few(bits(from, length), length);
  }

  /// The hash of less than eight bytes.
  private long few(long word, int length) {
    return fold(word ^ seed, seed ^ length * ODD_3 ^ ODD_2);
  }

  private long bits(int from, int length) {
    if (from + Long.BYTES <= b.length) {
      return JsonBytes.word(b, from) & ((1L << (length * 8)) - 1);
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = word << 8 | (b[from + i] & 0xff);
    }
    return word;
  }

  /// Reads a number as plain decimal digits, so that 1, 1.0 and 10e-1 are one and no digit is lost.
  private int number(int start) {
    int p = start + 1;
    boolean plain = true;
    boolean fraction = false;
    while (p < to && b[p] > ' ' && b[p] != ',' && b[p] != '}' && b[p] != ']') {
      fraction |= b[p] == '.';
      plain &= b[p] <= '9';
      p++;
    }
    if (plain
        && p - start < PlainNumber.LONGEST
        && (b[p - 1] != '0' || !(fraction || b[start] == '-'))) {
      value = bytes(start, p) ^ NUMBER;
    } else {
      int size = plainly.write(b, start, p);
      byte[] body = b;
      b = plainly.text();
      value = bytes(0, size) ^ NUMBER;
      b = body;
    }
    return p;
  }

  private int u16(int at) {
    return (short) LittleEndian.I16.get(b, at) & 0xffff;
  }

  private int i32(int at) {
    return (int) LittleEndian.I32.get(b, at);
  }

  private static long fold(long one, long two) {
    return one * two ^ Math.unsignedMultiplyHigh(one, two);
  }
}
