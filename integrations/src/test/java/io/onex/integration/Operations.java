package io.onex.integration;

import io.onex.log.Record;
import io.onex.log.RecordKind;

/// Ended operations for tests.
public final class Operations {
  /// The beginning of a body, with all that a span cannot do without; ends before the brace.
  public static final String ID =
      "{\"trace_id\":\"0123456789abcdef0123456789abcdef\",\"span_id\":\"00000000000000aa\",\"start_us\":1795341850303181";

  private Operations() {}

  public static Record ended(String body) {
    return TestRecords.of(
        RecordKind.DERIVED, "OPERATION_ENDED", "d", body.strip(), "2026-11-22T09:44:10Z");
  }
}
