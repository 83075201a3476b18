package io.onex.routing;

/// An expression that cannot be compiled. The message says what is wrong and at which column.
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  InvalidExpressionException(String rule, String message) {
    super(message);
    this.rule = rule;
  }

  /// Name of the rule that holds it.
  public String rule() {
    return rule;
  }
}
