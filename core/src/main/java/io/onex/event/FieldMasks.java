package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.event.DecodedEvent.Span;
import io.onex.json.JsonFields;
import io.onex.json.JsonText;
import org.jspecify.annotations.Nullable;

/// Takes secrets out of the fields of a record that are read before the body is cleaned, or that do
/// not stand in it: types, ids, what the carrier says.
///
/// Off the normal path, so it allocates. One thread.
final class FieldMasks {
  private final EventScan scan;
  private final BrokenText text;
  private final MaskedIds ids;

  FieldMasks(EventScan scan, SensitiveKeys sensitiveKeys, MaskedIds ids) {
    this.scan = scan;
    this.text = new BrokenText(sensitiveKeys);
    this.ids = ids;
  }

  /// Whether anything in the value was masked or cleaned.
  boolean isTouched(Slice value) {
    return scan.edits.touch(value.offset(), value.end());
  }

  /// The text of a string or number of the input, as it is in the cleaned body.
  String text(Slice value) {
    return JsonFields.text(isTouched(value) ? scan.edits.edited(value) : value);
  }

  /// The name of a type that stands in the input from `start` up to `end`, when it holds a secret,
  /// without it; null when it holds none.
  @Nullable String typeName(int start, int end) {
    byte[] input = scan.slots.array;
    return scan.edits.touch(start, end)
        ? JsonText.unescape(scan.edits.edited(new Slice(input, start, end - start)))
        : null;
  }

  /// A type that the carrier names, without secrets; null when it names none.
  @Nullable EventType type(@Nullable TypeName named) {
    if (named == null || named.type().isKnown()) {
      return named == null ? null : named.type();
    }
    Slice name = Slice.utf8(named.type().name());
    Slice clean = text.redact(name);
    return clean.equals(name) ? named.type() : EventType.of(clean.utf8());
  }

  /// An id that the carrier names, without secrets and different from all others.
  Slice id(Slice plain) {
    Slice clean = text.redact(plain);
    return clean.equals(plain) ? plain : joined(clean, ids.tag(plain));
  }

  /// The id of a CloudEvent behind its source, without secrets and different from all others.
  Slice idOfSource(Slice source, Slice id) {
    Slice plain = Slice.utf8(JsonFields.text(source) + "#" + JsonFields.text(id));
    return isTouched(source) || isTouched(id)
        ? joined(Slice.utf8(text(source) + "#" + text(id)), ids.tag(plain))
        : plain;
  }

  /// Writes behind what was masked in an id of the body what tells it from others.
  void tellApart(Span id) {
    int end = id.start + id.length;
    if (!id.isPresent() || !scan.edits.touch(id.start, end)) {
      return;
    }
    Slice plain = new Slice(scan.slots.array, id.start, id.length);
    id.quoted =
        scan.edits.extend(id.start, end, ids.tag(id.escaped ? JsonText.utf8(plain) : plain));
  }

  private static Slice joined(Slice id, byte[] tag) {
    byte[] joined = new byte[id.length() + tag.length];
    System.arraycopy(id.array(), id.offset(), joined, 0, id.length());
    System.arraycopy(tag, 0, joined, id.length(), tag.length);
    return Slice.of(joined);
  }
}
