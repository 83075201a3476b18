package io.onex.ingest;

import io.onex.event.EventWarning;
import io.onex.event.IgnoreReason;
import io.onex.event.RefusalCode;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.Telemetry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What was taken in since the start, by source, and what was refused, ignored or odd, by code.
///
/// All counters begin at 0 at the start, so that the first of what they count is an increase.
public final class IntakeCounters {
  private static final String NOT_LISTED = "not_listed";
  private static final String REJECTED = "onex_gateway_ingest_rejected_total";

  private final Telemetry telemetry;
  private final Map<String, PerSource> sources = new ConcurrentHashMap<>();
  private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
  private final Map<IgnoreReason, Counter> ignored = new ConcurrentHashMap<>();
  private final Map<EventWarning, Counter> warnings = new ConcurrentHashMap<>();
  private final Counter duplicates;
  private final Counter conflicting;
  private final Counter warned;
  private final Counter held;
  private final Counter unavailable;
  private final Counter unkept;

  private record PerSource(Counter accepted, Counter bytes) {}

  IntakeCounters(Telemetry telemetry) {
    this.telemetry = telemetry;
    duplicates =
        counter("onex_gateway_ingest_duplicates_total", "Events whose id the log already had.");
    conflicting =
        counter(
            "onex_gateway_ingest_conflicting_total",
            "Events whose id another event of other content has; kept under an id of their own.");
    warned =
        counter("onex_gateway_ingest_warned_total", "Events accepted although something was odd.");
    held =
        counter(
            "onex_gateway_ingest_held_total",
            "Bodies that waited before they were read, because the folds were behind.");
    unavailable =
        counter(
            "onex_gateway_ingest_unavailable_total",
            "Bodies that were not taken because the log could not append.");
    unkept =
        counter(
            "onex_gateway_ingest_refused_unkept_total",
            "Refused elements of which no dead letter could be kept.");
    for (RefusalCode code : RefusalCode.values()) {
      rejected.put(code.code(), rejectedCounter(code.code()));
    }
    rejected.put(NOT_LISTED, rejectedCounter(NOT_LISTED));
    for (IgnoreReason reason : IgnoreReason.values()) {
      ignored.put(reason, ignoredCounter(reason));
    }
    for (EventWarning warning : EventWarning.values()) {
      warnings.put(warning, warningCounter(warning));
    }
  }

  /// Begins the counters of a source at 0.
  public void begin(String source) {
    sources.computeIfAbsent(source, this::perSource);
  }

  /// Events accepted from all sources.
  public long accepted() {
    return sources.values().stream().mapToLong(source -> source.accepted().value()).sum();
  }

  public long duplicates() {
    return duplicates.value();
  }

  /// Accepted events that stand under another id than they came with.
  public long conflicting() {
    return conflicting.value();
  }

  public long ignored() {
    return ignored.values().stream().mapToLong(Counter::value).sum();
  }

  public long rejected() {
    return rejected.values().stream().mapToLong(Counter::value).sum();
  }

  /// Refused elements by code, sorted, where there are any.
  public Map<String, Long> rejectedByCode() {
    Map<String, Long> counts = new TreeMap<>();
    rejected.forEach((code, counter) -> {
      if (counter.value() > 0) {
        counts.put(code, counter.value());
      }
    });
    return counts;
  }

  /// @param batch the elements of the body
  void taken(String source, long bodyBytes, IntakeResult result, DecodedBatch batch) {
    PerSource counters = sources.computeIfAbsent(source, this::perSource);
    counters.accepted().add(result.accepted());
    counters.bytes().add(bodyBytes);
    duplicates.add(result.duplicates());
    conflicting.add(result.conflicting());
    batch
        .ignored()
        .forEach((why, count) -> ignored.computeIfAbsent(why, this::ignoredCounter).add(count));
    warned.add(batch.warnedCount());
    batch
        .warnings()
        .forEach((what, count) -> warnings.computeIfAbsent(what, this::warningCounter).add(count));
  }

  /// @param more refusals like the last listed one that were not listed
  void rejected(Iterable<Rejection> listed, long more) {
    for (Rejection rejection : listed) {
      rejected.computeIfAbsent(rejection.code(), this::rejectedCounter).increment();
    }
    if (more > 0) {
      rejected.computeIfAbsent(NOT_LISTED, this::rejectedCounter).add(more);
    }
  }

  void held() {
    held.increment();
  }

  void unavailable() {
    unavailable.increment();
  }

  void unkept(long elements) {
    unkept.add(elements);
  }

  private PerSource perSource(String source) {
    Map<String, String> labels = Map.of(LogKeys.SOURCE, source);
    return new PerSource(
        telemetry.counter("onex_gateway_ingest_accepted_total", "Events taken in.", labels),
        telemetry.counter(
            "onex_gateway_ingest_bytes_total", "Bytes of bodies read, unpacked.", labels));
  }

  private Counter ignoredCounter(IgnoreReason reason) {
    return telemetry.counter(
        "onex_gateway_ingest_ignored_total",
        "Commands, intents, snapshots and tombstones, which are not meant to become records.",
        Map.of(LogKeys.CODE, reason.code()));
  }

  private Counter warningCounter(EventWarning warning) {
    return telemetry.counter(
        "onex_gateway_ingest_warnings_total",
        "What was odd about accepted events; one may have several.",
        Map.of(LogKeys.CODE, warning.code()));
  }

  private Counter rejectedCounter(String code) {
    return telemetry.counter(REJECTED, "Elements refused.", Map.of(LogKeys.CODE, code));
  }

  private Counter counter(String name, String help) {
    return telemetry.counter(name, help, Map.of());
  }
}
