package io.onex.app;

import io.onex.api.DestinationView;
import io.onex.api.ProgressWatch;
import io.onex.delivery.BreakerState;
import io.onex.delivery.DestinationState;
import io.onex.delivery.DestinationStatus;
import io.onex.log.Position;
import io.onex.log.cursor.CursorEntry;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// How people see a destination. Pure.
final class DestinationViews {
  private DestinationViews() {}

  /// One that is delivered to.
  static DestinationView of(Running one, DestinationStatus status, Position durableEnd) {
    boolean caughtUp = status.entry().cursor().pending(durableEnd) == 0;
    return new DestinationView(
        one.config().name(),
        one.config().kind(),
        true,
        state(status, caughtUp),
        status.breaker().name().toLowerCase(Locale.ROOT),
        status.reason(),
        status.entry(),
        one.retries().value(),
        status.oldestPendingMicros());
  }

  /// One without a loop: disabled, of an unknown kind, or not started yet.
  static DestinationView idle(Running one, CursorEntry entry) {
    boolean starting = one.loop().isPresent();
    return new DestinationView(
        one.config().name(),
        one.config().kind(),
        starting,
        starting ? "starting" : "disabled",
        BreakerState.CLOSED.name().toLowerCase(Locale.ROOT),
        one.config().available() ? entry.reason() : "this build has no such kind",
        entry,
        one.retries().value(),
        OptionalLong.empty());
  }

  /// Of a loop whose threads stand still, what it said last is not how it is.
  static DestinationView withStuck(DestinationView view, List<ProgressWatch.Stuck> stuck) {
    for (ProgressWatch.Stuck one : stuck) {
      if (one.name().equals("delivery " + view.name())
          || one.name().equals("reader " + view.name())) {
        return view.stuck(one.reason());
      }
    }
    return view;
  }

  private static String state(DestinationStatus status, boolean caughtUp) {
    if (status.state() == DestinationState.PAUSED || status.state() == DestinationState.DIVERTING) {
      return status.state().text();
    }
    if (status.breaker() == BreakerState.OPEN) {
      return "open";
    }
    if (!status.reason().isEmpty() || status.state() == DestinationState.FAILING) {
      return "retrying";
    }
    return caughtUp ? "idle" : "delivering";
  }
}
