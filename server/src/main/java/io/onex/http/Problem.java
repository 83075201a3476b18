package io.onex.http;

import java.time.Duration;
import java.util.Optional;

/// Why a request is not served, as the client reads it: `{"code", "message", "hint"}`.
///
/// @param status HTTP status, 400 to 599
/// @param code stable snake_case word: the same in the answer, the log line and the reference page
/// @param message what happened, without payload
/// @param hint what the client can do about it
/// @param retryAfter when to come back, sent as `Retry-After` in whole seconds, rounded up
public record Problem(
    int status, String code, String message, String hint, Optional<Duration> retryAfter) {
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not an error status: " + status);
    }
  }

  public static Problem of(int status, String code, String message, String hint) {
    return new Problem(status, code, message, hint, Optional.empty());
  }

  /// A value the client sent cannot be used.
  public static Problem badRequest(String message, String hint) {
    return of(400, "bad_request", message, hint);
  }

  public static Problem notFound(String message, String hint) {
    return of(404, "not_found", message, hint);
  }

  /// The same problem, with the time after which another try makes sense.
  public Problem after(Duration wait) {
    return new Problem(status, code, message, hint, Optional.of(wait));
  }

  /// This problem as an exception that the listener answers.
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
