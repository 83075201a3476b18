package io.onex.integration.prometheus;

import io.onex.delivery.DeliveryResult;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.ExpositionSource.Exposition;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.http.Authorization;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.log.Position;
import io.onex.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One group of a Pushgateway: what was pushed to it last, and when the next push may be made.
///
/// Safe for use by many threads: one pushes, the others wait and usually find their records pushed.
final class PushedGroup {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final Duration NOT_COUNTED_YET = Duration.ofSeconds(1);

  private final URI uri;
  private final Optional<Authorization> authorization;
  private final Duration interval;
  private final Duration timeout;
  private final HttpTransport http;
  private final ExpositionSource source;
  private final Clock clock;
  private final Pause pause;

  private final ReentrantLock pushing = new ReentrantLock();
  private Optional<Position> pushedUpTo = Optional.empty();
  private long lastNanos;

  /// @param uri of the group, see [GroupPath]
  /// @param interval least time between two pushes
  PushedGroup(
      URI uri,
      Optional<Authorization> authorization,
      Duration interval,
      Duration timeout,
      HttpTransport http,
      ExpositionSource source,
      Clock clock,
      Pause pause) {
    this.uri = uri;
    this.authorization = authorization;
    this.interval = interval;
    this.timeout = timeout;
    this.http = http;
    this.source = source;
    this.clock = clock;
    this.pause = pause;
  }

  /// Sees to it that an exposition which counts the record at `newest` has been pushed.
  DeliveryResult deliver(Position newest) throws IOException, InterruptedException {
    pushing.lockInterruptibly();
    try {
      if (isPushed(newest)) {
        return new DeliveryResult.Delivered();
      }
      waitForTurn();
      Exposition now = source.current();
      if (!now.counts(newest)) {
        return new DeliveryResult.Retryable(
            "the metrics do not count record " + newest + " yet", Optional.of(NOT_COUNTED_YET));
      }
      return push(now);
    } finally {
      pushing.unlock();
    }
  }

  private boolean isPushed(Position newest) {
    return pushedUpTo.filter(upTo -> Exposition.counts(upTo, newest)).isPresent();
  }

  private void waitForTurn() throws InterruptedException {
    if (pushedUpTo.isEmpty()) {
      return;
    }
    long rest = interval.toNanos() - (clock.monotonicNanos() - lastNanos);
    if (rest > 0) {
      pause.last(Duration.ofNanos(rest));
    }
  }

  private DeliveryResult push(Exposition now) throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", TEXT_FORMAT);
    authorization.ifPresent(value -> value.addTo(headers));
    HttpAnswer answer = http.exchange(new HttpCall("PUT", uri, headers, now.text(), timeout));
    DeliveryResult result = HttpClassification.of(answer, clock);
    if (result instanceof DeliveryResult.Delivered) {
      pushedUpTo = Optional.of(now.upTo());
      lastNanos = clock.monotonicNanos();
    }
    // What is refused is the exposition, for instance because another group has a metric of the
    // same name and another type: no record is at fault, so none may be given up for it.
    return result instanceof DeliveryResult.Refused refused
        ? new DeliveryResult.Retryable(
            "the Pushgateway refuses the metrics: "
                + refused.reason()
                + "; its log says which are inconsistent with another group",
            Optional.empty())
        : result;
  }
}
