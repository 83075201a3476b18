package io.onex.event;

import static io.onex.event.RefusalCode.DUPLICATE_KEY;
import static io.onex.event.RefusalCode.TOO_DEEP;

import io.onex.bytes.KeyHash;
import io.onex.bytes.Slice;
import io.onex.json.JsonBytes;
import io.onex.json.JsonText;
import io.onex.secret.MaskSink;
import io.onex.secret.PairRole;
import io.onex.secret.SecretKind;
import io.onex.secret.Sensitivity;
import io.onex.secret.TextSecrets;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The one pass over the bytes of an event: checks the whole grammar, notes where the fields of
/// interest stand and what has to be replaced, and builds nothing.
///
/// Objects and arrays are read by recursion, which [EventLimits#maxDepth] bounds. One thread.
final class EventScan {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MASK = TextSecrets.MASK.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] QUOTED_MASK =
      ("\"" + TextSecrets.MASK + "\"").getBytes(StandardCharsets.US_ASCII);

  /// Shorter text holds no secret beside what tells it from other text.
  private static final int SHORTEST_SECRET = 8;

  /// How many levels of JSON inside strings the scan of a whole event looks into.
  static final int NESTING = 2;

  private static final int LONG_PATH = 128;

  /// `0000-00-`, `00T00:00` with a blank or `T`: which bits are the same in all, and what they are.
  private static final long DATE_MASK = 0xfff0f0fff0f0f0f0L;

  private static final long DATE = 0x2d30302d30303030L;
  private static final long TIME_MASK = 0xf0f0fff0f08bf0f0L;
  private static final long TIME = 0x30303a3030003030L;
  private static final long LETTERS = 0x4040404040404040L;

  private static final int SUSPECT_TEXT = JsonLexer.SUSPECT | JsonLexer.OBSCURED;

  private final int maxDepth;
  private final JsonLexer lexer;
  private final TextSecrets secrets;
  private final PairFinder pairs;
  private final KeyTable keys;
  private final SeenKeys seen;
  private final HiddenText hidden;
  private final boolean decodesMetadata;
  private final int[] keyStarts;
  private final int[] keyEnds;

  final Slots slots = new Slots();
  final Edits edits = new Edits();
  private final MaskSink arguments =
      (kind, from, to) -> {
        if (kind == SecretKind.ARGUMENT || kind == SecretKind.OPTION) {
          edits.insert(from, to, MASK);
          this.redacted = true;
        }
      };

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
    this.secrets = new TextSecrets(sensitiveKeys);
    this.pairs = new PairFinder(secrets, edits, maxDepth + 2);
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
    return value(from, Slots.TOP, Sensitivity.NONE, KeyTable.outside());
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
  private int value(int p, int scope, Sensitivity grade, int owner) {
    return switch (lexer.at(p)) {
      case '"' -> string(p + 1, grade);
      case '{' -> object(p, scope, grade, owner);
      case '[' -> array(p, grade, owner);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(p, grade);
      case 't' -> lexer.literal(p, "true");
      case 'f' -> lexer.literal(p, "false");
      case 'n' -> lexer.literal(p, "null");
      case 'N' -> notANumber(p, lexer.literal(p, "NaN"));
      case 'I' -> notANumber(p, lexer.literal(p, "Infinity"));
      default -> throw lexer.unexpected(p, "a value");
    };
  }

  private int object(int start, int scope, Sensitivity grade, int owner) {
    int level = enter(start);
    pairs.enter(level);
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
      p = lexer.space(member(lexer.space(p), scope, place, grade));
      switch (lexer.at(p)) {
        case ',' -> p = lexer.space(p + 1);
        case '}' -> {
          seen.cut(base);
          depth--;
          redacted |= pairs.leave(b, level);
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
  private int member(int start, int scope, int place, Sensitivity ownerGrade) {
    KeyTable.Treatment treatment = keys.treatment(place);
    if (treatment == null) {
      return member(start, scope, place, keys.field(place), ownerGrade);
    }
    Sensitivity grade =
        treatment.grade().compareTo(ownerGrade) > 0 ? treatment.grade() : ownerGrade;
    if (treatment.role() == PairRole.NONE || ownerGrade == Sensitivity.SURE) {
      return member(start, scope, place, keys.field(place), grade);
    }
    return paired(start, scope, place, treatment, grade, ownerGrade);
  }

  /// Reads a member that may be one half of a name and its value.
  private int paired(
      int start,
      int scope,
      int place,
      KeyTable.Treatment treatment,
      Sensitivity grade,
      Sensitivity ownerGrade) {
    int level = depth;
    int field = keys.field(place);
    boolean text = lexer.at(start) == '"';
    return switch (treatment.role()) {
      case NONE -> member(start, scope, place, field, grade);
      case VALUE -> {
        boolean named = pairs.isNamed(b, level);
        int end = member(start, scope, place, field, named ? Sensitivity.SURE : grade);
        if (!named) {
          pairs.value(level, start, end);
        }
        yield end;
      }
      case NAME, TYPE, KEY -> {
        boolean held = treatment.role() == PairRole.KEY && text && grade == Sensitivity.SURE;
        int end = member(start, scope, place, field, held ? ownerGrade : grade);
        if (held) {
          pairs.key(level, start + 1, end - 1);
        }
        if (text) {
          pairs.name(b, level, treatment.role(), start + 1, end - 1);
        }
        yield end;
      }
    };
  }

  private int member(int start, int scope, int place, int field, Sensitivity grade) {
    if (field < 0) {
      return value(start, Slots.ELSEWHERE, grade, place);
    }
    met |= 1L << field;
    if (scope == Slots.ELSEWHERE) {
      return value(start, Slots.ELSEWHERE, grade, place);
    }
    lexer.textFlags = 0;
    int end =
        decodesMetadata
                && field == Field.METADATA.index()
                && scope <= Slots.INNER
                && lexer.at(start) == '"'
            ? metadataText(start + 1, scope, grade)
            : value(start, Slots.below(scope, field), grade, place);
    boolean escaped = b[start] == '"' && (lexer.textFlags & JsonLexer.ESCAPED) != 0;
    slots.put(scope, field, start, end, escaped);
    return end;
  }

  private int placeOfEscaped(int keyStart, int keyEnd, long keyHash) {
    byte[] plain = Slice.utf8(JsonText.unescape(b, keyStart, keyEnd)).array();
    return keys.place(plain, 0, plain.length, keyHash);
  }

  private int array(int start, Sensitivity grade, int owner) {
    enter(start);
    int p = lexer.space(start + 1);
    if (lexer.at(p) == ']') {
      depth--;
      return p + 1;
    }
    int size = 0;
    boolean texts = true;
    boolean options = false;
    while (true) {
      texts &= lexer.at(p) == '"';
      options |= texts && lexer.at(p + 1) == '-';
      size++;
      p = lexer.space(value(p, Slots.ELSEWHERE, grade, owner));
      switch (lexer.at(p)) {
        case ',' -> p = lexer.space(p + 1);
        case ']' -> {
          depth--;
          if (texts && size > 1 && (options || size == 2) && grade != Sensitivity.SURE) {
            arguments(start, p + 1, options);
          }
          return p + 1;
        }
        default -> throw lexer.unexpected(p, "a comma or a closing bracket");
      }
    }
  }

  /// Looks for secrets behind options and names of headers in a list of texts.
  private void arguments(int start, int end, boolean options) {
    int first = lexer.space(start + 1) + 1;
    if (options || secrets.isSecretName(b, first, JsonBytes.endOfString(b, first, end))) {
      secrets.find(b, start, end, arguments);
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

  private int string(int start, Sensitivity grade) {
    int end = lexer.text(start);
    int flags = lexer.textFlags;
    if (grade != Sensitivity.NONE && TextSecrets.isSecret(grade, b, start, end)) {
      if (end > start && !TextSecrets.isMask(b, start, end)) {
        edits.add(start, end, MASK);
        redacted = true;
      }
    } else if ((flags & (SUSPECT_TEXT | JsonLexer.ESCAPED)) != 0
        && end - start >= SHORTEST_SECRET) {
      look(start, end, flags);
    } else if (TextSecrets.mayBeToken(b, start, end)) {
      int token = TextSecrets.token(b, start, end);
      if (token > 0) {
        edits.add(start, token, MASK);
        redacted = true;
      }
    }
    return end + 1;
  }

  private void look(int start, int end, int flags) {
    int before = edits.size();
    if (HiddenText.mayHoldJson(b, start, flags) || (flags & JsonLexer.OBSCURED) != 0) {
      clean(start, end);
    } else if (!isTime(start, end)) {
      secrets.find(b, start, end, edits);
      if (edits.size() > before && (flags & JsonLexer.ESCAPED) != 0) {
        // An edit could cut an escape in two, so it is made on the plain text.
        edits.cut(before);
        clean(start, end);
      }
    }
    redacted |= edits.size() > before;
  }

  /// Whether it is a date and a time as ISO 8601 writes them, so that nothing else is in it.
  private boolean isTime(int start, int end) {
    if (end - start < 19 || end - start > 35 || start + 24 > b.length) {
      return false;
    }
    long date = (JsonBytes.word(b, start) & DATE_MASK) ^ DATE;
    long time = (JsonBytes.word(b, start + 8) & TIME_MASK) ^ TIME;
    long letters = JsonBytes.word(b, start + 16) & LETTERS;
    if ((date | time) != 0) {
      return false;
    }
    if (end - start < 24) {
      letters &= (1L << ((end - start - 16) * Byte.SIZE)) - 1;
    }
    for (int p = start + 24; p < end - 1; p++) {
      letters |= b[p] & 0x40;
    }
    // The zone may be a letter at the end.
    return letters == 0
        || (end - start < 24 && letters == 0x40L << ((end - start - 17) * Byte.SIZE));
  }

  private void clean(int start, int end) {
    byte @Nullable [] clean = hidden.clean(b, start, end);
    if (clean != null) {
      edits.add(start, end, clean);
    }
  }

  /// Metadata that was encoded twice is replaced by what it says; any other string stays, to be
  /// refused by who knows whether this is an event.
  private int metadataText(int start, int scope, Sensitivity grade) {
    int end = lexer.text(start);
    if (grade != Sensitivity.SURE && HiddenText.mayHoldJson(b, start, lexer.textFlags)) {
      byte @Nullable [] object = hidden.decode(b, start, end);
      if (object != null) {
        edits.add(start - 1, end + 1, object);
        redacted |= hidden.redacted();
        decodedMetadata |= 1 << scope;
        return end + 1;
      }
    }
    return string(start, grade);
  }

  private int number(int p, Sensitivity grade) {
    if (lexer.at(p + 1) == 'I' && b[p] == '-') {
      return notANumber(p, lexer.literal(p + 1, "Infinity"));
    }
    int end = lexer.number(p);
    if (grade == Sensitivity.SURE) {
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
