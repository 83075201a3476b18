package io.onex.event;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What was odd about an event that was accepted all the same. Each is one bit of
/// [DecodedEvent#warnings]; the bits are not stored.
public enum EventWarning {
  /// Longer than [EventLimits#warnBytes].
  LARGE,
  /// Nested deeper than [EventLimits#warnDepth].
  DEEP,
  /// NaN or Infinity was read as null.
  NOT_A_NUMBER,
  /// An integer does not fit 64 bits, or another number does not fit a double.
  LARGE_NUMBER,
  /// A byte order mark before the event was dropped.
  BYTE_ORDER_MARK,
  /// The type is not one of the 27 of the event protocol.
  UNKNOWN_TYPE,
  /// The type was spelled in a way that only an integration would, such as `com.onex.node_start`.
  TYPE_SPELLING,
  /// There was no type and nothing to derive it from.
  UNTYPED,
  /// There was no event id, or one that means none ([NoId]).
  NO_EVENT_ID,
  /// The event id is no UUID.
  ODD_EVENT_ID,
  /// The event id is longer than a record keeps; the caller hashes it.
  LONG_EVENT_ID,
  /// There was no time: that of the carrier or of receipt is used.
  NO_TIME,
  /// The time is a date only: midnight UTC is used.
  DATE_ONLY,
  /// The time lies before 2020 or more than a day ahead of receipt.
  ODD_TIME,
  /// The node id is empty.
  EMPTY_NODE_ID,
  /// The node id is one of the spellings of nothing ([NoId]); it is kept.
  ODD_NODE_ID,
  /// The correlation id is one of the spellings of nothing; the record has none.
  NO_CORRELATION_ID,
  /// A trace id is one of the spellings of nothing; it is passed over.
  NO_TRACE_ID,
  /// The correlation id is a number.
  CORRELATION_NUMBER,
  /// The correlation id is longer than 256 bytes.
  LONG_CORRELATION_ID,
  /// The metadata came as a string and was decoded once.
  METADATA_DECODED,
  /// The metadata lacks a field that its type requires.
  METADATA_INCOMPLETE,
  /// A field of the metadata holds another sort of value than it should, or contradicts another.
  METADATA_ODD,
  /// The schema version is of a newer MAJOR than 1.
  NEWER_SCHEMA,
  /// The schema version cannot be read.
  ODD_SCHEMA,
  /// A header of the carrier is malformed.
  ODD_HEADERS;

  private final String code = name().toLowerCase(Locale.ROOT);

  /// The name used outside the program, such as `unknown_type`.
  public String code() {
    return code;
  }

  /// The one bit that stands for it in [DecodedEvent#warnings] of this run of the program.
  // The bits are not stored, so an order that changes breaks nothing.
  @SuppressWarnings("EnumOrdinal")
  public long bit() {
    return 1L << ordinal();
  }

  /// The warnings whose bits are set, in order.
  public static Set<EventWarning> of(long bits) {
    Set<EventWarning> set = EnumSet.noneOf(EventWarning.class);
    for (EventWarning warning : values()) {
      if ((bits & warning.bit()) != 0) {
        set.add(warning);
      }
    }
    return set;
  }
}
