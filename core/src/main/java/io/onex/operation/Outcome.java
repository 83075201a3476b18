package io.onex.operation;

/// How an operation went.
public enum Outcome {
  SUCCESS("success"),
  /// A timeout is an error, too; its type says so.
  ERROR("error"),
  /// It has not ended within `stuck_after`; it may still do so.
  STUCK("stuck");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /// The name in JSON.
  public String text() {
    return text;
  }

  /// @throws IllegalArgumentException when no outcome has this name
  static Outcome ofText(String text) {
    for (Outcome outcome : values()) {
      if (outcome.text.equals(text)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("no outcome is called " + text);
  }
}
