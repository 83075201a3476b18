package io.onex.log;

/// What brought a record in. The code is part of the file format.
public enum SourceKind {
  GATEWAY(0),
  HTTP(1),
  FILE(2),
  OTLP(3),
  KAFKA(4),
  CLOUDEVENTS(5);

  private static final SourceKind[] BY_CODE = values();

  private final int code;

  SourceKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException when no source has this code
  public static SourceKind ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no source kind has code " + code);
    }
    return BY_CODE[code];
  }
}
