package io.onex.delivery;

/// What an operator is told about a destination.
public enum DestinationState {
  /// Records are delivered as they come.
  DELIVERING("delivering"),
  /// The system fails; the breaker lets a few attempts through.
  FAILING("failing"),
  /// The system refused the credentials; one attempt at a time looks whether it still does.
  PAUSED("paused"),
  /// Records go to the fallback while the destination is failing or paused.
  DIVERTING("diverting");

  private final String text;

  DestinationState(String text) {
    this.text = text;
  }

  /// Stable lower-case text.
  public String text() {
    return text;
  }
}
