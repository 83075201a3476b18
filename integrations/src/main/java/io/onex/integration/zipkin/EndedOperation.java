package io.onex.integration.zipkin;

import io.onex.event.JsonCursor;
import io.onex.event.JsonFields;
import io.onex.event.JsonKind;
import io.onex.event.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The body of an `OPERATION_ENDED` record, whose members `docs/reference/format/operation.md`
/// defines.
///
/// @param members their names to their values as they stand
record EndedOperation(Map<String, Slice> members) {
  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;

  EndedOperation {
    members = Map.copyOf(members);
  }

  /// Reads a body in one walk.
  static EndedOperation read(Slice body) {
    Map<String, Slice> members = new HashMap<>();
    JsonCursor cursor = new JsonCursor().enter(body);
    while (cursor.next()) {
      members.put(cursor.key(), cursor.value());
    }
    return new EndedOperation(members);
  }

  /// Why no span can be made of it; empty when one can.
  Optional<String> flaw() {
    if (!isId(text("trace_id"), TRACE_ID_DIGITS)) {
      return Optional.of("the operation has no trace_id of 32 hex digits");
    }
    if (!isId(text("span_id"), SPAN_ID_DIGITS)) {
      return Optional.of("the operation has no span_id of 16 hex digits");
    }
    Slice parent = text("parent_span_id");
    if (!parent.isEmpty() && !isId(parent, SPAN_ID_DIGITS)) {
      return Optional.of("the operation's parent_span_id is not 16 hex digits");
    }
    return integer("start_us") > 0
        ? Optional.empty()
        : Optional.of("the operation has no start_us after 1970");
  }

  /// A string member as JSON text, without quotes and with its escapes; empty when it is none.
  Slice text(String name) {
    return JsonFields.inner(value(name));
  }

  /// A string member of the member `error`, as [#text].
  Slice error(String name) {
    return JsonFields.inner(JsonFields.find(value("error"), name));
  }

  /// A whole number; 0 when the member is none.
  long integer(String name) {
    return JsonFields.integer(value(name), 0);
  }

  boolean isTrue(String name) {
    return JsonFields.kind(value(name)) == JsonKind.TRUE;
  }

  /// Whether a member is this text, all ASCII.
  boolean is(String name, String text) {
    return JsonFields.textIs(value(name), text);
  }

  private Slice value(String name) {
    return members.getOrDefault(name, Slice.EMPTY);
  }

  /// Whether the text is lower-case hex of this length and not all zero, as Zipkin wants its ids.
  private static boolean isId(Slice text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    boolean allZero = true;
    for (int p = text.offset(); p < text.end(); p++) {
      byte c = text.array()[p];
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
      allZero &= c == '0';
    }
    return !allZero;
  }
}
