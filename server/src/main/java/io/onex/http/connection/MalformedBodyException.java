package io.onex.http.connection;

/// The body of a request is not put together as HTTP says; nothing after it can be understood. The
/// message says what is wrong, without payload.
public final class MalformedBodyException extends RuntimeException {
  MalformedBodyException(String message) {
    super(message, null, false, false);
  }
}
