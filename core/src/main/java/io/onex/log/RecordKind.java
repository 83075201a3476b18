package io.onex.log;

/// What a record of the log holds. The code is part of the file format.
public enum RecordKind {
  /// An ONEX event, as sent.
  EVENT(1),
  /// A structured log line or audit entry.
  LOG(2),
  /// A span received over OTLP or Zipkin.
  SPAN(3),
  /// Metrics received over OTLP, as received.
  METRICS(4),
  /// A conclusion of a fold over earlier records, such as an ended operation.
  DERIVED(5),
  /// A decision about the gateway itself, such as a new version of the rules.
  CONTROL(6);

  private static final RecordKind[] BY_CODE = values();

  private final byte code;

  RecordKind(int code) {
    this.code = (byte) code;
  }

  /// The byte that stands for this kind in the log.
  public byte code() {
    return code;
  }

  /// @throws IllegalArgumentException when no kind has this code
  public static RecordKind ofCode(int code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new IllegalArgumentException("no record kind has code " + code);
    }
    return BY_CODE[code - 1];
  }
}
