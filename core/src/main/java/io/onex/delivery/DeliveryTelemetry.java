package io.onex.delivery;

import io.onex.log.RecordOutcome;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorStanding;
import io.onex.telemetry.Counter;
import io.onex.telemetry.Gauge;
import io.onex.telemetry.Histogram;
import io.onex.telemetry.Telemetry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// The metrics of one destination; `docs/reference/delivery.md` lists them.
///
/// All counters begin at 0 with the destination, so that the first of what they count is an
/// increase.
final class DeliveryTelemetry {
  private static final String PREFIX = "onex_gateway_delivery_";
  private static final String DESTINATION = "destination";

  /// How an attempt ended, as a label says it.
  private enum AttemptLabel {
    DELIVERED,
    PER_ITEM,
    RETRYABLE,
    REFUSED,
    UNAUTHORIZED,
    NOTHING_SENT,
    ENCODER_ERROR,
    ABANDONED
  }

  private final Histogram latency;
  private final Counter retries;
  private final Counter bytes;
  private final Counter readFailures;
  private final Counter replayed;
  private final Gauge breaker;
  private final Gauge paused;
  private final Gauge underWay;
  private final Gauge aside;
  private final Map<RecordOutcome, Counter> records = new EnumMap<>(RecordOutcome.class);
  private final Map<AttemptLabel, Counter> attempts = new EnumMap<>(AttemptLabel.class);
  private final Map<Rejection.Code, Counter> letters = new EnumMap<>(Rejection.Code.class);

  DeliveryTelemetry(
      Telemetry telemetry, String destination, DoubleSupplier oldestAge, DoubleSupplier pending) {
    Map<String, String> labels = Map.of(DESTINATION, destination);
    latency =
        telemetry.histogram(
            PREFIX + "attempt_duration_seconds",
            "Time from the start of an attempt, encoding included, to its result.",
            labels,
            Telemetry.LATENCY_SECONDS);
    retries =
        telemetry.counter(
            PREFIX + "retries_total", "Attempts with records that were sent before.", labels);
    bytes =
        telemetry.counter(
            PREFIX + "bytes_total", "Bytes of record bodies in attempts that were made.", labels);
    readFailures =
        telemetry.counter(
            PREFIX + "read_failures_total",
            "Reads of the log that failed and were repeated.",
            labels);
    replayed =
        telemetry.counter(
            PREFIX + "replayed_total",
            "Records sent again on request and taken, beside the ledger's equation; counts on"
                + " across restarts.",
            labels);
    breaker = telemetry.gauge(PREFIX + "breaker_state", "0 closed, 1 half open, 2 open.", labels);
    paused =
        telemetry.gauge(PREFIX + "paused", "1 while the system refuses the credentials.", labels);
    underWay = telemetry.gauge(PREFIX + "attempts_in_flight", "Attempts under way.", labels);
    aside =
        telemetry.gauge(
            PREFIX + "waiting_records",
            "Records that wait by themselves to be sent again while others go on.",
            labels);
    telemetry.gauge(
        PREFIX + "oldest_pending_age_seconds",
        "Age of the oldest record read that has no outcome, by ingest time; 0 when there is none.",
        labels,
        oldestAge);
    telemetry.gauge(
        PREFIX + "pending_records", "Positions of the log without an outcome.", labels, pending);
    for (RecordOutcome outcome : RecordOutcome.values()) {
      records.put(
          outcome,
          telemetry.counter(
              PREFIX + "records_total",
              "Records by outcome, as in the ledger; counts on across restarts.",
              Map.of(DESTINATION, destination, "outcome", label(outcome))));
    }
    for (AttemptLabel result : AttemptLabel.values()) {
      attempts.put(
          result,
          telemetry.counter(
              PREFIX + "attempts_total",
              "Attempts by result.",
              Map.of(DESTINATION, destination, "result", label(result))));
    }
    for (Rejection.Code reason : Rejection.Code.values()) {
      letters.put(
          reason,
          telemetry.counter(
              PREFIX + "dead_letters_total",
              "Records kept as dead letters, by reason.",
              Map.of(DESTINATION, destination, "reason", reason.text())));
    }
  }

  void attempt(AttemptEnd end, int number, long bodyBytes, long nanos) {
    count(attempts, result(end));
    latency.observeNanos(nanos);
    bytes.add(bodyBytes);
    if (number > 1) {
      retries.increment();
    }
  }

  void rejected(Rejected rejected) {
    count(letters, rejected.why().code());
  }

  void readFailed() {
    readFailures.increment();
  }

  void stepped(DeliveryMachine machine) {
    breaker.set(machine.breaker().code());
    underWay.set(machine.attemptsUnderWay());
    aside.set(machine.waitingAside());
  }

  void committed(CursorEntry entry) {
    paused.set(entry.standing() == CursorStanding.PAUSED ? 1 : 0);
    raise(replayed, entry.replayed());
    records.forEach((outcome, counter) -> raise(counter, entry.ledger().count(outcome)));
  }

  private static void raise(Counter counter, long value) {
    long more = value - counter.value();
    if (more > 0) {
      counter.add(more);
    }
  }

  private static <K> void count(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter == null) {
      throw new IllegalStateException("every value has its counter, and " + key + " has none");
    }
    counter.increment();
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static AttemptLabel result(AttemptEnd end) {
    return switch (end) {
      case AttemptEnd.Answered(var refused, DeliveryResult result) ->
          switch (result) {
            case DeliveryResult.Delivered() -> AttemptLabel.DELIVERED;
            case DeliveryResult.PerItem(var items) -> AttemptLabel.PER_ITEM;
            case DeliveryResult.Retryable(var reason, var retryAfter) -> AttemptLabel.RETRYABLE;
            case DeliveryResult.Refused(var reason) -> AttemptLabel.REFUSED;
            case DeliveryResult.Unauthorized(var reason) -> AttemptLabel.UNAUTHORIZED;
          };
      case AttemptEnd.NothingSent(var refused) -> AttemptLabel.NOTHING_SENT;
      case AttemptEnd.EncoderBroke(var reason) -> AttemptLabel.ENCODER_ERROR;
      case AttemptEnd.Abandoned() -> AttemptLabel.ABANDONED;
    };
  }
}
