package io.onex.log;

/// Facts about one record that were settled before it was appended; bits of a u16 in the log.
public final class RecordFlags {
  /// A sensitive value was replaced.
  public static final int REDACTED = 1;

  /// The body was repaired: NaN or Infinity became null, or double-encoded metadata was decoded.
  public static final int REPAIRED = 1 << 1;

  /// The node id slice holds JSON escapes.
  public static final int NODE_ID_ESCAPED = 1 << 2;

  /// The correlation id slice holds JSON escapes.
  public static final int CORRELATION_ID_ESCAPED = 1 << 3;

  /// The record came without an event id; the gateway gave it one.
  public static final int MINTED_ID = 1 << 4;

  /// The gateway itself made this record.
  public static final int ORIGIN_GATEWAY = 1 << 5;

  /// The record came without a time; the event time is the ingest time.
  public static final int TIME_ASSUMED = 1 << 6;

  /// Accepted with a warning, such as unknown type, large body or odd timestamp.
  public static final int WARNED = 1 << 7;

  /// No key `trace_id` stands in the body, so nobody has to look for one.
  public static final int NO_TRACE_ID = 1 << 8;

  /// No key `test_coverage_percent` stands in the body.
  public static final int NO_COVERAGE = 1 << 9;

  /// Another record with the same event id and other content was there before. This one stands
  /// under an id computed from both; its header holds the key of the id it came with.
  public static final int CONFLICTING = 1 << 10;

  /// The event time is that of the envelope around the event, which is written anew at each try.
  public static final int TIME_OF_ENVELOPE = 1 << 11;

  /// The metadata stands in the object under `payload` or `data`, and what that says beside it is
  /// said by the event, too, where the metadata does not say it.
  public static final int SAYS_MORE_IN_PAYLOAD = 1 << 12;

  /// What a flat event says beside its metadata, or without any, is said by the event, too, where
  /// neither the metadata nor the payload says it.
  public static final int SAYS_MORE_BESIDE = 1 << 13;

  private RecordFlags() {}
}
