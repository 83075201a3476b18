package io.onex.operation;

/// Why an operation failed, as far as its END says; parts it does not say are empty.
///
/// @param message `error`, else `error_message`, else the message of the output state; cut at 2048
///   characters
/// @param type such as `ValueError`; `timeout` when only the status tells; cut at 256 bytes
/// @param code such as `ONEX_CORE_021`; cut at 256 bytes
public record OperationError(String message, String type, String code) {
  static final int MAX_MESSAGE_CHARS = 2048;

  /// An error about which nothing is known.
  static final OperationError UNKNOWN = new OperationError("", "", "");

  public OperationError {
    if (message.length() > MAX_MESSAGE_CHARS) {
      // Not through the middle of a surrogate pair.
      boolean pair = Character.isHighSurrogate(message.charAt(MAX_MESSAGE_CHARS - 1));
      message = message.substring(0, pair ? MAX_MESSAGE_CHARS - 1 : MAX_MESSAGE_CHARS);
    }
    type = KeptText.shown(type);
    code = KeptText.shown(code);
  }

  /// Bytes of memory its texts take, at most.
  int textBytes() {
    return Character.BYTES * (message.length() + type.length() + code.length());
  }
}
