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
final class DeliveryTelemetry {
  private static final String PREFIX = "onex_gateway_delivery_";
  private static final String DESTINATION = "destination";

  private final Telemetry telemetry;
  private final String destination;
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

  DeliveryTelemetry(
      Telemetry telemetry, String destination, DoubleSupplier oldestAge, DoubleSupplier pending) {
    this.telemetry = telemetry;
    this.destination = destination;
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
              Map.of(
                  DESTINATION, destination, "outcome", outcome.name().toLowerCase(Locale.ROOT))));
    }
  }

  void attempt(AttemptEnd end, int number, long bodyBytes, long nanos) {
    attempts(result(end)).increment();
    latency.observeNanos(nanos);
    bytes.add(bodyBytes);
    if (number > 1) {
      retries.increment();
    }
  }

  void rejected(Rejected rejected) {
    telemetry
        .counter(
            PREFIX + "dead_letters_total",
            "Records kept as dead letters, by reason.",
            Map.of(DESTINATION, destination, "reason", rejected.why().code().text()))
        .increment();
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

  private Counter attempts(String result) {
    return telemetry.counter(
        PREFIX + "attempts_total",
        "Attempts by result.",
        Map.of(DESTINATION, destination, "result", result));
  }

  private static String result(AttemptEnd end) {
    return switch (end) {
      case AttemptEnd.Answered(var refused, DeliveryResult result) ->
          switch (result) {
            case DeliveryResult.Delivered() -> "delivered";
            case DeliveryResult.PerItem(var items) -> "per_item";
            case DeliveryResult.Retryable(var reason, var retryAfter) -> "retryable";
            case DeliveryResult.Refused(var reason) -> "refused";
            case DeliveryResult.Unauthorized(var reason) -> "unauthorized";
          };
      case AttemptEnd.NothingSent(var refused) -> "nothing_sent";
      case AttemptEnd.EncoderBroke(var reason) -> "encoder_error";
      case AttemptEnd.Abandoned() -> "abandoned";
    };
  }
}
