package io.onex.wire.zipkin;

import java.util.Locale;

/// The members of a concluded operation that spans are made of, in the order in which bodies have
/// them (`docs/reference/format/operation.md`).
enum Member {
  FAMILY,
  NODE_ID,
  NODE_NAME,
  VERSION,
  OPERATION,
  FUNCTION,
  CORRELATION_ID,
  TRACE_ID,
  SPAN_ID,
  PARENT_SPAN_ID,
  START_US,
  DURATION_US,
  DURATION_SOURCE,
  OUTCOME,
  ERROR,
  START_EVENT_ID,
  END_EVENT_ID,
  CLOCK_CORRECTED;

  /// The key in JSON.
  final String key = name().toLowerCase(Locale.ROOT);
}
