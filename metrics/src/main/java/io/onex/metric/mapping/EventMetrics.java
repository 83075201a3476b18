package io.onex.metric.mapping;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.json.JsonText;
import io.onex.log.EventRecord;
import io.onex.log.LogRecord;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import io.onex.log.fold.Fold;
import io.onex.metric.model.Family;
import io.onex.metric.model.MetricFamily;
import io.onex.operation.KeptText;
import io.onex.operation.NodeName;
import io.onex.operation.OperationCounts;
import io.onex.operation.OperationFamily;
import io.onex.operation.OperationFold;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;
import io.onex.routing.TracingRules;
import java.util.ArrayList;
import java.util.List;

/// Every accepted event as metrics, whatever the rules say about it.
///
/// The operation fold is a part of this one: both have the same checkpoint, so gauges, counters and
/// durations are those of one position of the log, before and after a restart. Whoever drives this
/// fold does not drive an [OperationFold] beside it; its conclusions are the operations.
///
/// One owner thread, also for [#families]. Families: `docs/reference/metrics.md`; snapshot:
/// `docs/reference/format/event-metrics.md`; design: `designs/event-metrics.md`.
public final class EventMetrics implements Fold {
  private static final int MAX_SYMBOLS = 65_536;
  private static final double MAX_PERCENT = 100;

  private final EventMetricsSettings settings;
  private final TracingRules rules;
  private State state;

  /// Whether the state is being changed: what is thrown meanwhile leaves it halfway.
  private boolean changing;

  /// @param rules tell where the events of operations are sent that have spans
  public EventMetrics(EventMetricsSettings settings, TracingRules rules) {
    this.settings = settings;
    this.rules = rules;
    state = new State(settings, rules);
  }

  /// What a restore replaces as a whole.
  private static final class State {
    final Symbols symbols = new Symbols(MAX_SYMBOLS);
    final TypeLabels types = new TypeLabels(symbols);
    final EventFamilies families;
    final AuditMetrics audit;
    final OperationFold operations;

    State(EventMetricsSettings settings, TracingRules rules) {
      families = new EventFamilies(settings);
      audit = new AuditMetrics(families);
      operations =
          new OperationFold(
              settings.operations(),
              new OperationMetrics(
                  families,
                  types,
                  new ValidationMetrics(families, settings.validators()),
                  settings.nodesOperate()),
              rules);
    }

    /// Takes open operations of nodes in among the operations, or out again.
    void countNodes(int change) {
      operations.eachOpen((family, node, stuck) -> {
        if (family == OperationFamily.NODE) {
          (stuck ? families.stuckOperations : families.activeOperations)
              .add(change, Values.orUnknown(node));
        }
      });
    }
  }

  @Override
  public String name() {
    return "event-metrics";
  }

  @Override
  public void apply(Record record, Conclusions conclusions) {
    if (record instanceof EventRecord) {
      event(record, conclusions);
      return;
    }
    state.operations.apply(record, conclusions);
    if (record instanceof LogRecord) {
      if (record.type().equals(EventType.STRUCTURED_LOG)) {
        count(record);
      } else if (record.type().equals(EventType.AUDIT)) {
        state.audit.count(record.body());
      }
    }
  }

  @Override
  public void advance(long logTimeMicros, Conclusions conclusions) {
    state.operations.advance(logTimeMicros, conclusions);
  }

  /// All that texts of senders can break is read before the first change, and what is changed after
  /// the operations have taken a record is one value of one series at a time.
  @Override
  public boolean isIntact() {
    return state.operations.isIntact() && !changing;
  }

  @Override
  public Slice snapshot() {
    return EventMetricsSnapshot.write(
        state.operations, state.families.all(), settings.nodesOperate());
  }

  @Override
  public void restore(Slice snapshot) {
    State restored = new State(settings, rules);
    boolean nodesOperated =
        EventMetricsSnapshot.read(
            snapshot, restored.operations, restored.families.all(), restored.symbols);
    if (nodesOperated != settings.nodesOperate()) {
      restored.countNodes(settings.nodesOperate() ? 1 : -1);
    }
    state = restored;
    changing = false;
  }

  /// What was counted up to the last record: the families of events, and `onex_gateway_*` ones
  /// about operations and series. In no particular order.
  public List<MetricFamily> families() {
    List<MetricFamily> all = new ArrayList<>();
    for (Family family : state.families.all()) {
      all.add(family.snapshot());
    }
    all.addAll(FoldFamilies.of(state.operations, state.families.all()));
    return all;
  }

  /// Operations of both families that have started, not ended and are not stuck.
  public int running() {
    return state.operations.running();
  }

  /// What the operations in it have seen.
  public OperationCounts operationCounts() {
    return state.operations.counts();
  }

  private void event(Record record, Conclusions conclusions) {
    int type = record.frame().typeId();
    // The operations count START and END events by their listener, as they have read the outcome.
    boolean counted =
        type >= EventType.NODE_START.id() && type <= EventType.TELEMETRY_OPERATION_ERROR.id();
    boolean covers =
        (!counted || type == EventType.NODE_SUCCESS.id()) && Coverage.mayStandIn(record);
    double percent = covers ? Coverage.of(record) : Double.NaN;
    Symbol covered =
        percent >= 0 && percent <= MAX_PERCENT
            ? Symbol.of(NodeName.of(node(record).text()).name())
            : Symbol.EMPTY;
    TypeLabels.Labels labels = state.types.of(record.frame());
    Symbol node = counted ? Symbol.EMPTY : Values.orUnknown(node(record));
    state.operations.apply(record, conclusions);
    changing = true;
    if (!counted) {
      state.families.events.increment(labels.type(), node, labels.status());
      String name = record.type().name();
      if (name.equals("NODE_DISCOVERY_REQUEST") || name.equals("TOOL_DISCOVERY_REQUEST")) {
        state.families.discoveryRequests.increment();
      }
    }
    if (percent >= 0 && percent <= MAX_PERCENT) {
      state.families.testCoverage.set(percent, Values.orUnknown(covered));
    }
    changing = false;
  }

  private void count(Record record) {
    TypeLabels.Labels labels = state.types.of(record.frame());
    state.families.events.increment(labels.type(), Values.orUnknown(node(record)), labels.status());
  }

  private Symbol node(Record record) {
    Slice node = record.nodeId();
    return state.symbols.of(
        KeptText.key(record.has(RecordFlags.NODE_ID_ESCAPED) ? JsonText.utf8(node) : node));
  }
}
