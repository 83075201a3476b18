package io.onex.wire.zipkin;

import io.onex.bytes.Slice;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The body of an `OPERATION_ENDED` record, whose members `docs/reference/format/operation.md`
/// defines. Reused from record to record; one thread at a time.
final class EndedOperation {
  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;
  private static final Member[] MEMBERS = Member.values();

  private final JsonCursor cursor = new JsonCursor();
  private final Map<Member, Slice> values = new EnumMap<>(Member.class);

  /// Reads a body in one walk.
  void read(Slice body) {
    values.clear();
    cursor.enter(body);
    int expected = 0;
    while (cursor.next()) {
      // Members come in the order of their declaration, so the first look nearly always finds them.
      for (int i = 0; i < MEMBERS.length; i++) {
        int member = (expected + i) % MEMBERS.length;
        if (cursor.keyIs(MEMBERS[member].key)) {
          values.put(MEMBERS[member], cursor.value());
          expected = (member + 1) % MEMBERS.length;
          break;
        }
      }
    }
  }

  /// Why no span can be made of it; empty when one can.
  Optional<String> flaw() {
    if (!isId(text(Member.TRACE_ID), TRACE_ID_DIGITS)) {
      return Optional.of("the operation has no trace_id of 32 hex digits");
    }
    if (!isId(text(Member.SPAN_ID), SPAN_ID_DIGITS)) {
      return Optional.of("the operation has no span_id of 16 hex digits");
    }
    Slice parent = text(Member.PARENT_SPAN_ID);
    if (!parent.isEmpty() && !isId(parent, SPAN_ID_DIGITS)) {
      return Optional.of("the operation's parent_span_id is not 16 hex digits");
    }
    return integer(Member.START_US) > 0
        ? Optional.empty()
        : Optional.of("the operation has no start_us after 1970");
  }

  /// A string member as JSON text, without quotes and with its escapes; empty when it is none.
  Slice text(Member member) {
    return JsonFields.inner(value(member));
  }

  /// A string member of the member `error`, as [#text].
  Slice error(String name) {
    return JsonFields.inner(JsonFields.find(value(Member.ERROR), name));
  }

  /// A whole number; 0 when the member is none.
  long integer(Member member) {
    return JsonFields.integer(value(member), 0);
  }

  boolean isTrue(Member member) {
    return JsonFields.kind(value(member)) == JsonKind.TRUE;
  }

  /// Whether a member is this text, all ASCII.
  boolean is(Member member, String text) {
    return JsonFields.textIs(value(member), text);
  }

  private Slice value(Member member) {
    return values.getOrDefault(member, Slice.EMPTY);
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
