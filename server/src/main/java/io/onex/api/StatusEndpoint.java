package io.onex.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Answers;
import io.onex.http.Route;
import io.onex.http.UtcTime;
import io.onex.ingest.IntakeCounters;
import io.onex.json.JsonWriter;
import io.onex.log.LogState;
import io.onex.log.SegmentedLog;
import io.onex.log.cursor.Ledger;
import io.onex.log.cursor.LedgerBalance;
import io.onex.segment.SegmentProblem;
import io.onex.thread.Crew;
import io.onex.time.Clock;
import java.util.List;

/// `GET /onex/v1/status`: the ledger of every destination, and how the gateway is doing.
public final class StatusEndpoint {
  /// Name under which [RateMeter] knows how fast the log grows.
  public static final String LOG_RATE = "log";

  private static final double MICROS_PER_SECOND = 1e6;

  private final String version;
  private final SegmentedLog log;
  private final IntakeCounters intake;
  private final GatewayView gateway;
  private final RateMeter rates;
  private final Clock clock;
  private final Crew crew;
  private final long startedMicros;

  /// @param rates knows the log as [#LOG_RATE] and each destination as `destination/NAME`
  /// @param crew writes the answer: counting the operations in flight goes through all series
  public StatusEndpoint(
      String version,
      SegmentedLog log,
      IntakeCounters intake,
      GatewayView gateway,
      RateMeter rates,
      Clock clock,
      Crew crew) {
    this.version = version;
    this.log = log;
    this.intake = intake;
    this.gateway = gateway;
    this.rates = rates;
    this.clock = clock;
    this.crew = crew;
    this.startedMicros = clock.wallMicros();
  }

  /// The name under which [RateMeter] knows how fast a destination gets on.
  public static String rateOf(String destination) {
    return "destination/" + destination;
  }

  public Route route() {
    return Route.get(
        "/onex/v1/status", "the ledger of every destination, and how all is doing", this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answers.json(response, 200, crew.compute(() -> Answers.bytes(this::write)));
  }

  private void write(JsonWriter json) {
    // The end of the log is read after the entries: none of them is ahead of it then.
    List<DestinationView> destinations = gateway.destinations();
    LogState state = log.state();
    long now = clock.wallMicros();
    json.beginObject();
    json.key("version").text(version);
    json.key("started_at").text(UtcTime.text(startedMicros));
    json.key("uptime_seconds").number((now - startedMicros) / MICROS_PER_SECOND);
    json.key("ready").bool(gateway.isReady());
    List<ProgressWatch.Stuck> stuck = gateway.stuck();
    json.key("healthy").bool(stuck.isEmpty());
    json.key("stuck").beginArray();
    stuck.forEach(one -> HealthEndpoint.write(json, one));
    json.endArray();
    json.key("pending_restart").beginArray();
    gateway.pendingSettings().keySet().forEach(json::text);
    json.endArray();
    log(json.key("log").beginObject(), state);
    ingest(json.key("ingest").beginObject(), state, now);
    json.key("folds").beginArray();
    gateway.folds().forEach(fold -> fold(json, fold));
    json.endArray();
    GatewayView.Operations operations = gateway.operations();
    json.key("operations").beginObject();
    json.key("in_flight").number(operations.inFlight());
    json.key("stuck").number(operations.stuck()).endObject();
    json.key("destinations").beginArray();
    destinations.forEach(destination -> destination(json, destination, state, now));
    json.endArray().endObject();
  }

  private void log(JsonWriter json, LogState state) {
    json.key("start").number(state.start().offset());
    json.key("end").number(state.durableEnd().offset());
    json.key("records_per_second").number(rates.perSecond(LOG_RATE));
    json.key("bytes_on_disk").number(state.bytes());
    json.key("segments").number((long) state.segments());
    json.key("retention_used_ratio").number(state.unreadFraction());
    json.key("available").bool(state.unavailable().isEmpty());
    json.key("positions_lost").number(state.positionsLost());
    json.key("problems").beginArray();
    if (!state.unavailable().isEmpty()) {
      json.text(state.unavailable());
    }
    if (!state.maintenance().isEmpty()) {
      json.text(state.maintenance());
    }
    state.latestProblems().stream().map(SegmentProblem::message).forEach(json::text);
    gateway.problems().forEach(json::text);
    json.endArray().endObject();
  }

  private void ingest(JsonWriter json, LogState state, long now) {
    json.key("accepted").number(intake.accepted());
    json.key("duplicates").number(intake.duplicates());
    json.key("conflicting").number(intake.conflicting());
    json.key("ignored").number(intake.ignored());
    json.key("rejected").number(intake.rejected());
    json.key("rejected_by_code").beginObject();
    intake.rejectedByCode().forEach((code, count) -> json.key(code).number((long) count));
    json.endObject();
    LogState.Duplicates window = state.duplicates();
    long reach = window.oldestMicros() == 0 ? 0 : Math.max(0, now - window.oldestMicros());
    json.key("dedup_window").beginObject();
    json.key("ids").number((long) window.ids());
    json.key("reach_seconds").number(reach / MICROS_PER_SECOND).endObject().endObject();
  }

  private static void fold(JsonWriter json, FoldView fold) {
    json.beginObject().key("name").text(fold.name());
    json.key("position").number(fold.position());
    json.key("lag").number(fold.lag());
    json.key("caught_up").bool(fold.caughtUp());
    json.key("dead_lettered").number(fold.deadLettered());
    if (!fold.failure().isEmpty()) {
      json.key("failure").text(fold.failure());
    }
    json.endObject();
  }

  private void destination(JsonWriter json, DestinationView view, LogState state, long now) {
    LedgerBalance balance = view.entry().balance(state.durableEnd());
    Ledger ledger = balance.ledger();
    long age =
        view.oldestPendingMicros().isPresent()
            ? Math.max(0, now - view.oldestPendingMicros().getAsLong())
            : 0;
    json.beginObject();
    json.key("name").text(view.name());
    json.key("kind").text(view.kind());
    json.key("enabled").bool(view.enabled());
    json.key("state").text(view.state());
    json.key("breaker").text(view.breaker());
    json.key("reason").text(view.reason());
    json.key("accepted").number(balance.accepted());
    json.key("delivered").number(ledger.delivered());
    json.key("filtered").number(ledger.filtered());
    json.key("sampled").number(ledger.sampled());
    json.key("diverted").number(ledger.diverted());
    json.key("dead_lettered").number(ledger.deadLettered());
    json.key("expired").number(ledger.expired());
    json.key("lost").number(ledger.lost());
    json.key("pending").number(balance.pending());
    json.key("balanced").bool(balance.holds());
    json.key("unmatched").number(ledger.unmatched());
    json.key("replayed").number(view.entry().replayed());
    json.key("retries").number(view.retries());
    json.key("lag").number(view.lag(state.durableEnd()));
    json.key("oldest_pending_seconds").number(age / MICROS_PER_SECOND);
    json.key("records_per_second").number(rates.perSecond(rateOf(view.name())));
    json.endObject();
  }
}
