package io.onex.operation;

/// Which of the two ways of reporting the same work an operation was told in.
///
/// One run of a node often reports both (onex-facts a4.6), so families are never summed. The code
/// is part of the snapshot format.
public enum OperationFamily {
  /// NODE_START with NODE_SUCCESS or NODE_FAILURE: one execution of a node.
  NODE(0, "node"),
  /// TELEMETRY_OPERATION_START with _SUCCESS or _ERROR: one call of a decorated function.
  TELEMETRY(1, "telemetry");

  private static final OperationFamily[] BY_CODE = values();

  private final int code;
  private final String text;

  OperationFamily(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The name in JSON.
  public String text() {
    return text;
  }

  int code() {
    return code;
  }

  static OperationFamily ofCode(long code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no operation family has code " + code);
    }
    return BY_CODE[(int) code];
  }

  /// @throws IllegalArgumentException when no family has this name
  static OperationFamily ofText(String text) {
    for (OperationFamily family : BY_CODE) {
      if (family.text.equals(text)) {
        return family;
      }
    }
    throw new IllegalArgumentException("no operation family is called " + text);
  }
}
