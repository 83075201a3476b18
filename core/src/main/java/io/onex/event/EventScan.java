package io.onex.event;

import static io.onex.event.RefusalCode.DUPLICATE_KEY;
import static io.onex.event.RefusalCode.TOO_DEEP;

import io.onex.bytes.Slice;
import io.onex.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The one pass over the bytes of an event: checks the whole grammar, notes where the fields of
/// interest stand and what has to be replaced, and builds nothing.
///
/// Objects and arrays are read by recursion, which [EventLimits#maxDepth] bounds. One thread.
final class EventScan {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] QUOTED_MASK =
      ("\"" + SecretText.MASK + "\"").getBytes(StandardCharsets.US_ASCII);

  /// Shorter text holds no connection string, bearer token or PEM block.
  private static final int SHORTEST_SECRET = 8;

  /// How many levels of JSON inside strings the scan of a whole event looks into.
  static final int NESTING = 2;

  private static final int LONG_PATH = 128;

  private static final int SUSPECT_TEXT = JsonLexer.SUSPECT | JsonLexer.OBSCURED;

  private final int maxDepth;
  private final JsonLexer lexer;
  private final SensitiveKeys sensitiveKeys;
  private final KeyTable keys;
  private final SeenKeys seen;
  private final HiddenText hidden;
  private final boolean decodesMetadata;
  private final int[] keyStarts;
  private final int[] keyEnds;

  final Slots slots = new Slots();
  final Edits edits = new Edits();

  private byte[] b = Slice.EMPTY.array();
  private int depth;

  /// The deepest nesting met; the root object is 1.
  int deepest;

  /// Number of NaN and Infinity literals.
  int notNumbers;

  /// Whether a secret was found.
  boolean redacted;

  /// Bit per [Field] that was met as a key anywhere.
  private long met;

  /// Bit per scope of [Slots] whose metadata came as a string that holds an object.
  private int decodedMetadata;

  /// @param nesting how many levels of JSON inside strings are still to be looked into
  EventScan(EventLimits limits, SensitiveKeys sensitiveKeys, KeyHash hash, int nesting) {
    this.maxDepth = limits.maxDepth();
    this.lexer = new JsonLexer(limits.maxNumberBytes());
    this.sensitiveKeys = sensitiveKeys;
    this.decodesMetadata = nesting == NESTING;
    this.keys = new KeyTable(sensitiveKeys);
    this.seen = new SeenKeys(hash);
    this.hidden = new HiddenText(limits, sensitiveKeys, hash, nesting);
    this.keyStarts = new int[maxDepth + 2];
    this.keyEnds = new int[maxDepth + 2];
  }

  /// Reads the one value from `from` up to `to`, which starts there; answers the index after it.
  ///
  /// @throws JsonRefused when it is not a valid value
  int value(byte[] array, int from, int to) {
    b = array;
    depth = 0;
    deepest = 0;
    notNumbers = 0;
    redacted = false;
    decodedMetadata = 0;
    met = 0;
    edits.clear();
    seen.cut(0);
    slots.reset(array);
    lexer.reset(array, to);
    return value(from, Slots.TOP, false, KeyTable.outside());
  }

  /// The index of the first byte after white space from `p` on.
  int space(int p) {
    return lexer.space(p);
  }

  /// The index of the first byte from `p` on that is not UTF-8; -1 when there is none.
  int notUtf8(int p) {
    return lexer.notUtf8(p);
  }

  /// Whether white space in or around the value held a line break.
  boolean hasLineBreaks() {
    return lexer.lineBreaks;
  }

  boolean hasLargeNumber() {
    return lexer.largeNumber;
  }

  /// Whether the metadata of this scope of [Slots] came as a string and is now an object.
  boolean isMetadataDecoded(int scope) {
    return (decodedMetadata & 1 << scope) != 0;
  }

  /// Whether a key of this name may stand in the event, at any depth.
  boolean mayHold(Field field) {
    // What is inside text that was decoded was read by another scan.
    return (met & field.bit()) != 0 || isAnyMetadataDecoded();
  }

  boolean isAnyMetadataDecoded() {
    return decodedMetadata != 0;
  }

  /// The dotted path of the key that was read last, as far as it is open; cut short with `…`.
  String path() {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i <= Math.min(depth, maxDepth); i++) {
      if (path.length() > LONG_PATH) {
        return path.append(".…").toString();
      }
      if (keyEnds[i] > keyStarts[i]) {
        String key = JsonText.unescape(b, keyStarts[i], Math.min(keyEnds[i], keyStarts[i] + 64));
        path.append(path.isEmpty() ? "" : ".").append(key);
      }
    }
    return path.toString();
  }

  /// @param owner place of the key whose value this is
  private int value(int p, int scope, boolean secret, int owner) {
    return switch (lexer.at(p)) {
      case '"' -> string(p + 1, secret);
      case '{' -> object(p, scope, secret, owner);
      case '[' -> array(p, secret, owner);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(p, secret);
      case 't' -> lexer.literal(p, "true");
      case 'f' -> lexer.literal(p, "false");
      case 'n' -> lexer.literal(p, "null");
      case 'N' -> notANumber(p, lexer.literal(p, "NaN"));
      case 'I' -> notANumber(p, lexer.literal(p, "Infinity"));
      default -> throw lexer.unexpected(p, "a value");
    };
  }

  private int object(int start, int scope, boolean secret, int owner) {
    int level = enter(start);
    int base = seen.size();
    int @Nullable [] index = null;
    // A bit per key: a key whose bit is not set is new.
    long met = 0;
    int spot = KeyTable.inside(owner);
    int p = lexer.space(start + 1);
    if (lexer.at(p) == '}') {
      depth--;
      return p + 1;
    }
    while (true) {
      int place = keys.expected(b, p, lexer.to, spot);
      boolean expected = place >= 0;
      int keyStart = p + 1;
      int keyEnd = expected ? keyStart + keys.length(place) : key(p);
      keyStarts[level] = keyStart;
      keyEnds[level] = keyEnd;
      boolean escaped = !expected && (lexer.textFlags & JsonLexer.ESCAPED) != 0;
      long hash = expected ? keys.hash(place) : seen.hash(b, keyStart, keyEnd, escaped);
      index = seen.index(base, index);
      long bit = 1L << (hash >>> 58);
      if (index == null && (met & bit) == 0) {
        seen.push(hash, keyStart, keyEnd);
      } else if (!seen.add(b, base, index, hash, keyStart, keyEnd)) {
        throw new JsonRefused(DUPLICATE_KEY, keyStart - 1, "the key stands twice in one object");
      }
      met |= bit;
      if (expected) {
        p = keyEnd + 2;
      } else {
        place =
            escaped
                ? placeOfEscaped(keyStart, keyEnd, hash)
                : keys.place(b, keyStart, keyEnd, hash);
        keys.met(spot, place);
        p = colon(lexer.space(keyEnd + 1));
      }
      spot = KeyTable.after(place);
      p = lexer.space(member(lexer.space(p), scope, place, secret));
      switch (lexer.at(p)) {
        case ',' -> p = lexer.space(p + 1);
        case '}' -> {
          seen.cut(base);
          depth--;
          return p + 1;
        }
        default -> throw lexer.unexpected(p, "a comma or a closing brace");
      }
    }
  }

  private int key(int quote) {
    if (lexer.at(quote) != '"') {
      throw lexer.unexpected(quote, "a key in quotes");
    }
    return lexer.text(quote + 1);
  }

  private int colon(int p) {
    if (lexer.at(p) != ':') {
      throw lexer.unexpected(p, "a colon");
    }
    return p + 1;
  }

  /// Reads the value of the key at `place`.
  private int member(int start, int scope, int place, boolean ownerSecret) {
    int field = keys.field(place);
    boolean secret = ownerSecret || keys.isSensitive(place);
    if (field < 0) {
      return value(start, Slots.ELSEWHERE, secret, place);
    }
    met |= 1L << field;
    if (scope == Slots.ELSEWHERE) {
      return value(start, Slots.ELSEWHERE, secret, place);
    }
    lexer.textFlags = 0;
    int end =
        decodesMetadata
                && field == Field.METADATA.index()
                && scope <= Slots.INNER
                && lexer.at(start) == '"'
            ? metadataText(start + 1, scope, secret)
            : value(start, Slots.below(scope, field), secret, place);
    boolean escaped = b[start] == '"' && (lexer.textFlags & JsonLexer.ESCAPED) != 0;
    slots.put(scope, field, start, end, escaped);
    return end;
  }

  private int placeOfEscaped(int keyStart, int keyEnd, long keyHash) {
    byte[] plain = Slice.utf8(JsonText.unescape(b, keyStart, keyEnd)).array();
    return keys.place(plain, 0, plain.length, keyHash);
  }

  private int array(int start, boolean secret, int owner) {
    enter(start);
    int p = lexer.space(start + 1);
    if (lexer.at(p) == ']') {
      depth--;
      return p + 1;
    }
    while (true) {
      p = lexer.space(value(p, Slots.ELSEWHERE, secret, owner));
      switch (lexer.at(p)) {
        case ',' -> p = lexer.space(p + 1);
        case ']' -> {
          depth--;
          return p + 1;
        }
        default -> throw lexer.unexpected(p, "a comma or a closing bracket");
      }
    }
  }

  private int enter(int start) {
    depth++;
    if (depth > maxDepth) {
      throw new JsonRefused(TOO_DEEP, start, "nested deeper than " + maxDepth + " levels");
    }
    deepest = Math.max(deepest, depth);
    keyEnds[depth] = keyStarts[depth];
    return depth;
  }

  private int string(int start, boolean secret) {
    int end = lexer.text(start);
    int flags = lexer.textFlags;
    if (secret) {
      if (end > start && !SecretText.isMask(b, start, end)) {
        edits.add(start, end, SecretText.MASK_BYTES);
        redacted = true;
      }
    } else if ((flags & (SUSPECT_TEXT | JsonLexer.ESCAPED)) != 0
        && end - start >= SHORTEST_SECRET) {
      look(start, end, flags);
    }
    return end + 1;
  }

  private void look(int start, int end, int flags) {
    int before = edits.size();
    if (HiddenText.mayHoldJson(b, start, flags) || (flags & JsonLexer.OBSCURED) != 0) {
      clean(start, end);
    } else if ((flags & JsonLexer.SUSPECT) != 0) {
      SecretText.find(b, start, end, sensitiveKeys, edits);
      if (edits.size() > before && (flags & JsonLexer.ESCAPED) != 0) {
        // An edit could cut an escape in two, so it is made on the plain text.
        edits.cut(before);
        clean(start, end);
      }
    }
    redacted |= edits.size() > before;
  }

  private void clean(int start, int end) {
    byte @Nullable [] clean = hidden.clean(b, start, end);
    if (clean != null) {
      edits.add(start, end, clean);
    }
  }

  /// Metadata that was encoded twice is replaced by what it says; any other string stays, to be
  /// refused by who knows whether this is an event.
  private int metadataText(int start, int scope, boolean secret) {
    int end = lexer.text(start);
    if (!secret && HiddenText.mayHoldJson(b, start, lexer.textFlags)) {
      byte @Nullable [] object = hidden.decode(b, start, end);
      if (object != null) {
        edits.add(start - 1, end + 1, object);
        redacted |= hidden.redacted();
        decodedMetadata |= 1 << scope;
        return end + 1;
      }
    }
    return string(start, secret);
  }

  private int number(int p, boolean secret) {
    if (lexer.at(p + 1) == 'I' && b[p] == '-') {
      return notANumber(p, lexer.literal(p + 1, "Infinity"));
    }
    int end = lexer.number(p);
    if (secret) {
      edits.add(p, end, QUOTED_MASK);
      redacted = true;
    }
    return end;
  }

  private int notANumber(int start, int end) {
    notNumbers++;
    edits.add(start, end, NULL);
    return end;
  }
}
