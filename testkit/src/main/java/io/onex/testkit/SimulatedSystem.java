package io.onex.testkit;

import io.onex.delivery.Attempt;
import io.onex.delivery.AttemptEnd;
import io.onex.delivery.DeliveryResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How a system behaves in a simulation: what each attempt brings, and after how long.
@FunctionalInterface
public interface SimulatedSystem {
  /// @param now virtual time since the simulation began
  Response respond(Attempt attempt, Duration now, RandomGenerator random);

  /// @param after time from the start of the attempt
  record Response(Duration after, AttemptEnd end) {}

  /// The ways in which systems fail.
  enum Fault {
    /// Packets vanish: no connection within the connect timeout.
    BLACK_HOLE(Duration.ofSeconds(10)),
    /// The connection is reset at once.
    RESET(Duration.ofMillis(1)),
    /// The system fails.
    SERVER_ERROR(Duration.ofMillis(20)),
    /// The system asks to be left alone.
    TOO_MANY_REQUESTS(Duration.ofMillis(5)),
    /// The credentials do not hold.
    UNAUTHORIZED(Duration.ofMillis(5)),
    /// The system takes everything, half a minute later.
    SLOW(Duration.ofSeconds(30)),
    /// The connection stands, the answer never comes.
    HALF_OPEN(Duration.ofSeconds(59));

    private final Duration after;

    Fault(Duration after) {
      this.after = after;
    }

    private DeliveryResult result() {
      return switch (this) {
        case BLACK_HOLE -> retryable("no connection in time", Duration.ZERO);
        case RESET -> retryable("Connection reset", Duration.ZERO);
        case SERVER_ERROR -> retryable("HTTP 500", Duration.ZERO);
        case TOO_MANY_REQUESTS -> retryable("HTTP 429", Duration.ofSeconds(7));
        case UNAUTHORIZED -> new DeliveryResult.Unauthorized("HTTP 401");
        case SLOW -> new DeliveryResult.Delivered();
        case HALF_OPEN -> retryable("no complete answer in time", Duration.ZERO);
      };
    }

    private static DeliveryResult retryable(String reason, Duration retryAfter) {
      return new DeliveryResult.Retryable(
          reason, retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter));
    }
  }

  /// Takes everything, between `fastest` and twice as long later.
  static SimulatedSystem healthy(Duration fastest) {
    return (attempt, now, random) ->
        new Response(
            fastest.plusNanos(random.nextLong(fastest.toNanos())),
            new AttemptEnd.Answered(List.of(), new DeliveryResult.Delivered()));
  }

  /// Fails in one way until `healedAt`, and is healthy from then on.
  static SimulatedSystem failing(Fault fault, Duration healedAt) {
    SimulatedSystem later = healthy(Duration.ofMillis(20));
    return (attempt, now, random) ->
        now.compareTo(healedAt) < 0
            ? new Response(fault.after, new AttemptEnd.Answered(List.of(), fault.result()))
            : later.respond(attempt, now, random);
  }
}
