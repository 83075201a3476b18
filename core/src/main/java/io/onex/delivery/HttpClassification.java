package io.onex.delivery;

import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.RetryAfter;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// What an HTTP status says about a delivery, for systems that answer a request as a whole.
///
/// | status | result | why |
/// |---|---|---|
/// | 2xx | delivered | |
/// | 401, 403, 407 | unauthorized | the credentials are wrong, not the records |
/// | 408, 421, 423, 425, 429, 5xx | retryable | the system says so |
/// | 1xx, 3xx, 402, 404, 405, 410 | retryable | the address is wrong or the system is half deployed: a record must never be given up for that; the breaker keeps the attempts few and the state visible |
/// | other 4xx, such as 400, 413, 415, 422 | refused | this request can never succeed |
///
/// A reason holds the status only: bodies of answers often quote what was sent.
public final class HttpClassification {
  private HttpClassification() {}

  /// @param clock turns a `Retry-After` date into a duration
  public static DeliveryResult of(HttpAnswer answer, Clock clock) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new DeliveryResult.Delivered();
    }
    String reason = "HTTP " + status;
    return switch (status) {
      case 401, 403, 407 -> new DeliveryResult.Unauthorized(reason);
      case 408, 421, 423, 425, 429, 402 ->
          new DeliveryResult.Retryable(reason, retryAfter(answer, clock));
      case 404, 405, 410 ->
          new DeliveryResult.Retryable(
              reason + ": the address does not take deliveries; check the configured URL",
              retryAfter(answer, clock));
      case 413 -> new DeliveryResult.Refused(reason + ": the request is too large");
      default ->
          status >= 400 && status < 500
              ? new DeliveryResult.Refused(reason)
              : new DeliveryResult.Retryable(reason, retryAfter(answer, clock));
    };
  }

  /// The answer's `Retry-After`, when it has one that can be read.
  public static Optional<Duration> retryAfter(HttpAnswer answer, Clock clock) {
    return answer.header("retry-after").flatMap(value -> RetryAfter.parse(value, clock));
  }
}
