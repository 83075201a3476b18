package io.onex.metric.mapping;

import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.Carrier;
import io.onex.event.DecodeOutcome;
import io.onex.event.DecodedEvent;
import io.onex.event.EventDecoder;
import io.onex.event.EventKind;
import io.onex.event.EventLimits;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.metric.exposition.Exposition;
import io.onex.metric.exposition.ExpositionFormat;
import io.onex.metric.model.MetricFamily;
import io.onex.routing.TracingRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A metrics fold that is fed event JSON as a gateway would, and read back as exposition text.
final class Fed {
  private final EventDecoder decoder =
      new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 42);
  private final RecordWriter concluded = new RecordWriter(1024);
  private EventMetricsSettings settings;
  private EventMetrics fold;
  private int conclusions;

  Fed(EventMetricsSettings settings) {
    this.settings = settings;
    fold = new EventMetrics(settings, TracingRules.none());
  }

  static Fed withDefaults() {
    return new Fed(EventMetricsSettings.DEFAULT);
  }

  static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }

  EventMetrics fold() {
    return fold;
  }

  /// Derived records so far.
  int conclusions() {
    return conclusions;
  }

  Fed take(String arrived, String... events) {
    for (String event : events) {
      take(record(event, micros(arrived)));
    }
    return this;
  }

  Fed take(Record record) {
    fold.apply(record, () -> concluded);
    conclusions += concluded.count();
    concluded.clear();
    return this;
  }

  Fed tick(String time) {
    fold.advance(micros(time), () -> concluded);
    conclusions += concluded.count();
    concluded.clear();
    return this;
  }

  Fed restart(EventMetricsSettings changed) {
    settings = changed;
    return restart();
  }

  Fed restart() {
    Slice snapshot = fold.snapshot();
    fold = new EventMetrics(settings, TracingRules.none());
    fold.restore(snapshot);
    return this;
  }

  MetricFamily family(String name) {
    return fold.families().stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no family " + name));
  }

  /// Number of the series with these label values; 0 when there is none.
  double value(String name, String... labelValues) {
    return family(name).points().stream()
        .filter(point -> point.labelValues().equals(List.of(labelValues)))
        .mapToDouble(point ->
            switch (point) {
              case MetricFamily.Value value -> value.value();
              case MetricFamily.Distribution distribution -> distribution.count();
            })
        .findFirst()
        .orElse(0);
  }

  String text() {
    return new String(
        Exposition.write(fold.families(), ExpositionFormat.OPENMETRICS), StandardCharsets.UTF_8);
  }

  Record record(String json, long ingestMicros) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    DecodeOutcome outcome = decoder.decode(bytes, 0, bytes.length, Carrier.NONE, ingestMicros);
    if (!(outcome instanceof DecodeOutcome.Accepted(DecodedEvent event))) {
      throw new AssertionError(outcome + " of " + json);
    }
    RecordWriter writer = new RecordWriter(bytes.length + 256);
    writer
        .begin(
            event.kind() == EventKind.EVENT ? RecordKind.EVENT : RecordKind.LOG,
            event.type(),
            event.hasEventId() ? event.eventId() : Slice.utf8("minted"),
            ingestMicros,
            event.timeMicros())
        .flags(
            (event.nodeIdEscaped() ? RecordFlags.NODE_ID_ESCAPED : 0)
                | (event.correlationIdEscaped() ? RecordFlags.CORRELATION_ID_ESCAPED : 0)
                | (event.saysMoreInPayload() ? RecordFlags.SAYS_MORE_IN_PAYLOAD : 0)
                | (event.saysMoreBeside() ? RecordFlags.SAYS_MORE_BESIDE : 0))
        .nodeId(event.nodeIdOffset(), event.nodeIdLength())
        .correlationId(event.correlationIdOffset(), event.correlationIdLength())
        .metadata(event.metadataOffset(), event.metadataLength())
        .body(event.bodyArray(), event.bodyOffset(), event.bodyLength())
        .end();
    return Record.of(new RecordFrame(writer.encoded().toByteArray(), 0, Position.START));
  }
}
