package io.onex.log;

/// How one record ended at one destination. Each record has exactly one, or is pending.
///
/// The code is part of the formats of the cursor journal and the delivery journal.
public enum RecordOutcome {
  /// The system took it, or a digest that holds it; with `confirmation: none`, it was sent.
  DELIVERED(0),
  /// No rule sends it here, or the integration does not take its kind.
  FILTERED(1),
  /// The sampling policy left it out.
  SAMPLED(2),
  /// The fallback destination has it.
  DIVERTED(3),
  /// A copy with the reason stands in the dead letters.
  DEAD_LETTERED(4),
  /// Retention removed it before it could be delivered.
  EXPIRED(5),
  /// Its block of the log is corrupt; the log names the block.
  LOST(6);

  private static final RecordOutcome[] BY_CODE = values();

  private final int code;

  RecordOutcome(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// @throws IllegalArgumentException when no outcome has this code
  public static RecordOutcome ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no record outcome has code " + code);
    }
    return BY_CODE[code];
  }
}
