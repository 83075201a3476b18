package io.onex.log.cursor;

/// Whether a destination is being delivered to. The code is part of the cursor journal's format.
public enum CursorStanding {
  /// Records are delivered.
  ACTIVE(0),
  /// Delivery waits for a person, such as after refused credentials. Pending keeps counting.
  PAUSED(1),
  /// Configuration switched it off. The cursor stays and pending keeps counting.
  DISABLED(2),
  /// Configuration no longer has it. The cursor stays for a grace, in case it comes back or was
  /// renamed.
  REMOVED(3);

  private static final CursorStanding[] BY_CODE = values();

  private final int code;

  CursorStanding(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException when no standing has this code
  public static CursorStanding ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no cursor standing has code " + code);
    }
    return BY_CODE[code];
  }
}
