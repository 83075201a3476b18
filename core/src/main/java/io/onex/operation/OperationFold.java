package io.onex.operation;

import io.onex.bytes.Slice;
import io.onex.log.EventRecord;
import io.onex.log.Record;
import io.onex.log.fold.Fold;
import io.onex.routing.SpanTargets;
import io.onex.routing.TracingRules;
import org.jspecify.annotations.Nullable;

/// Pairs START and END of both families into operations and concludes each as a derived record.
///
/// An END is paired with the oldest START of its family, correlation id, node and (TELEMETRY)
/// operation; without correlation id by family, node and operation alone. An END without START is
/// held for a grace period, as the two may arrive in the wrong order. A START without END is
/// declared stuck once and can still end. Everything is bounded ([OperationSettings]) and every
/// bound that bites is counted ([OperationCounts]).
///
/// One owner thread. Design: `designs/operations.md`; snapshot and bodies:
/// `docs/reference/format/operation.md`.
public final class OperationFold implements Fold {
  /// Texts that are kept once however often they occur.
  private static final int MAX_SYMBOLS = 65_536;

  private final OperationSettings settings;
  private final OperationListener listener;
  private final TracingRules rules;
  private final Symbols symbols = new Symbols(MAX_SYMBOLS);
  private final NodeNames nodeNames = new NodeNames(MAX_SYMBOLS);
  private final OperationEventReader reader;
  private final OperationJson json = new OperationJson();
  private OperationState state = new OperationState();

  /// Whether the state is being changed: what is thrown meanwhile leaves it halfway.
  private boolean changing;

  private @Nullable Throwable unwritten;

  /// @param listener is told what happens; [OperationListener#NONE] when nobody cares
  /// @param rules know where the events of every record it is given are sent
  public OperationFold(OperationSettings settings, OperationListener listener, TracingRules rules) {
    this.settings = settings;
    this.listener = listener;
    this.rules = rules;
    this.reader = new OperationEventReader(symbols, rules);
  }

  @Override
  public String name() {
    return "operations";
  }

  @Override
  public void apply(Record record, Conclusions conclusions) {
    advance(record.ingestTimeMicros(), conclusions);
    if (!(record instanceof EventRecord)) {
      return;
    }
    Role role = Role.ofTypeId(record.frame().typeId());
    if (role == null) {
      return;
    }
    // All that texts of senders can break comes before the first change.
    OperationEvent event = reader.read(record, role);
    nodeNames.of(event.node());
    changing = true;
    listener.read(record, event.node(), role.start(), event.error() != null);
    if (role.start()) {
      start(event, conclusions);
    } else {
      end(event, rules.ofConclusion(record), conclusions);
    }
    changed();
  }

  @Override
  public void advance(long logTimeMicros, Conclusions conclusions) {
    changing = true;
    state.logMicros = Math.max(state.logMicros, logTimeMicros);
    concludeHeld(conclusions);
    declareStuck(conclusions);
    expire();
    changed();
  }

  /// The state is whole again. A conclusion that could not be written is missing in the log and
  /// nowhere else, so whoever drives the fold is told only now.
  private void changed() {
    changing = false;
    Throwable failure = unwritten;
    if (failure != null) {
      unwritten = null;
      throw new IllegalStateException("a conclusion could not be written", failure);
    }
  }

  private void write(Operation operation, Conclusions conclusions) {
    try {
      json.conclude(operation, state.logMicros, conclusions);
    } catch (RuntimeException | StackOverflowError e) {
      conclusions.writer().dropIncomplete();
      unwritten = e;
    }
  }

  @Override
  public boolean isIntact() {
    return !changing;
  }

  @Override
  public Slice snapshot() {
    return OperationSnapshot.write(state);
  }

  @Override
  public void restore(Slice snapshot) {
    state = OperationSnapshot.read(snapshot, symbols);
    changing = false;
  }

  /// What was seen so far.
  public OperationCounts counts() {
    return state.counts();
  }

  /// Operations that have started, not ended and are not stuck.
  public int running() {
    return state.open.running().size();
  }

  /// Operations that are stuck and not yet forgotten.
  public int stuck() {
    return state.open.stuck().size();
  }

  /// Tells of every operation that has started and not ended: its family, node and whether it is
  /// stuck.
  public void eachOpen(OpenVisitor visitor) {
    for (OpenOperation one = state.open.running().oldest(); one != null; one = one.newer) {
      visitor.open(one.family, one.node, false);
    }
    for (OpenOperation one = state.open.stuck().oldest(); one != null; one = one.newer) {
      visitor.open(one.family, one.node, true);
    }
  }

  /// Is told of an operation that has started and not ended.
  @FunctionalInterface
  public interface OpenVisitor {
    void open(OperationFamily family, Symbol node, boolean stuck);
  }

  /// ENDs that wait for their START.
  public int held() {
    return state.held.size();
  }

  private void start(OperationEvent event, Conclusions conclusions) {
    OpenOperation started = new OpenOperation(event, state.logMicros);
    HeldEnd held = state.held.take(started);
    state.open.add(started);
    NodeNames.Parts parts = nodeNames.of(started.node);
    listener.started(
        started.family, started.node, parts.name(), first(started.version, parts.version()));
    if (held != null) {
      // Rules may have changed since.
      conclude(started, held.end, SpanTargets.NONE, conclusions);
    } else {
      makeRoom();
    }
  }

  private void makeRoom() {
    while (state.open.size() > settings.maxOpen()
        || state.open.ownBytes() > settings.maxOpenBytes()) {
      OpenOperation victim = state.open.stuck().oldest();
      if (victim == null) {
        victim = state.open.running().oldest();
      }
      if (victim == null) {
        return;
      }
      state.evicted++;
      forget(victim);
    }
  }

  /// @param anyway those that get its conclusion because of its type alone
  private void end(OperationEvent event, SpanTargets anyway, Conclusions conclusions) {
    OpenOperation started = state.open.match(event.key());
    if (started != null) {
      conclude(started, event, anyway, conclusions);
      return;
    }
    state.held.add(new HeldEnd(event.copy(), state.logMicros, parentOf(event)));
    while (state.held.size() > settings.maxHeld()
        || state.held.ownBytes() > settings.maxHeldBytes()) {
      HeldEnd oldest = state.held.oldest();
      if (oldest == null) {
        return;
      }
      conclude(oldest, conclusions);
    }
  }

  /// The open operation that an END without START ran in. A NODE operation is only believed to
  /// enclose it when it began first; TELEMETRY STARTs have no believable time, but they enclose
  /// what their node does.
  private long parentOf(OperationEvent end) {
    OpenOperation candidate = state.open.innermost(end.correlation());
    while (candidate != null
        && candidate.family == OperationFamily.NODE
        && (end.durationMicros() < 0
            || candidate.startMicros > end.eventMicros() - end.durationMicros())) {
      candidate = candidate.outer;
    }
    return candidate == null ? 0 : candidate.spanId;
  }

  private void conclude(
      OpenOperation start, OperationEvent end, SpanTargets anyway, Conclusions conclusions) {
    state.open.remove(start);
    OperationTiming timing = OperationTiming.of(start, end);
    SpanTargets targets = start.spansTo.and(end.spansTo());
    SpanTargets told = anyway.covers(targets) ? SpanTargets.NONE : targets;
    conclude(operation(start, end, timing, told), nameOf(start, end), timing, end, conclusions);
  }

  private void conclude(HeldEnd held, Conclusions conclusions) {
    state.held.remove(held);
    state.endWithoutStart++;
    OperationTiming timing = OperationTiming.of(held.end);
    conclude(operation(held, timing), nameOf(held.end), timing, held.end, conclusions);
  }

  private void conclude(
      Operation ended,
      Symbol name,
      OperationTiming timing,
      OperationEvent end,
      Conclusions conclusions) {
    state.ended++;
    state.clockCorrected += timing.clockCorrected() ? 1 : 0;
    state.badDurations += end.badDuration() || timing.negative() ? 1 : 0;
    write(ended, conclusions);
    listener.ended(ended, name, isToldTwice(end, name));
  }

  private void concludeHeld(Conclusions conclusions) {
    HeldEnd held = state.held.size() == 0 ? null : state.held.oldest();
    while (held != null && state.logMicros - held.logMicros > settings.graceMicros()) {
      conclude(held, conclusions);
      held = state.held.oldest();
    }
  }

  private void declareStuck(Conclusions conclusions) {
    OpenOperation oldest = state.open.running().oldest();
    while (oldest != null && state.logMicros - oldest.logMicros >= settings.stuckAfterMicros()) {
      state.open.markStuck(oldest);
      state.stuck++;
      Operation stuck = stuck(oldest);
      write(stuck, conclusions);
      listener.stuck(stuck);
      oldest = state.open.running().oldest();
    }
  }

  private void expire() {
    OpenOperation oldest = state.open.stuck().oldest();
    while (oldest != null && state.logMicros - oldest.logMicros >= settings.expireAfterMicros()) {
      state.expired++;
      forget(oldest);
      oldest = state.open.stuck().oldest();
    }
  }

  private void forget(OpenOperation operation) {
    state.open.remove(operation);
    listener.forgotten(
        operation.family, operation.node, nodeNames.of(operation.node).name(), operation.stuck);
  }

  private Operation operation(
      OpenOperation start, OperationEvent end, OperationTiming timing, SpanTargets spansTo) {
    NodeNames.Parts node = nodeNames.of(start.node);
    return new Operation(
        start.family,
        start.node,
        node.name(),
        first(end.version(), first(start.version, node.version())),
        first(start.label, end.label()),
        first(start.function, end.function()),
        start.correlation,
        OperationIds.trace(
            end.trace() != null ? end.trace() : start.trace,
            start.correlation,
            start.startEventId()),
        start.spanId,
        start.parentSpanId,
        timing.startMicros(),
        timing.endMicros(),
        timing.durationMicros(),
        timing.source(),
        end.error() == null ? Outcome.SUCCESS : Outcome.ERROR,
        end.error(),
        start.startEventId(),
        end.eventId(),
        timing.clockCorrected(),
        start.stuck,
        spansTo);
  }

  private Operation operation(HeldEnd held, OperationTiming timing) {
    OperationEvent end = held.end;
    NodeNames.Parts node = nodeNames.of(end.node());
    return new Operation(
        end.role().family(),
        end.node(),
        node.name(),
        first(end.version(), node.version()),
        end.label(),
        end.function(),
        end.correlation(),
        OperationIds.trace(end.trace(), end.correlation(), end.eventId()),
        OperationIds.spanId(end.eventId()),
        held.parentSpanId,
        timing.startMicros(),
        timing.endMicros(),
        timing.durationMicros(),
        timing.source(),
        end.error() == null ? Outcome.SUCCESS : Outcome.ERROR,
        end.error(),
        Slice.EMPTY,
        end.eventId(),
        false,
        false,
        end.spansTo());
  }

  private Operation stuck(OpenOperation start) {
    long zone = OperationTiming.zoneMicros(start);
    NodeNames.Parts node = nodeNames.of(start.node);
    return new Operation(
        start.family,
        start.node,
        node.name(),
        first(start.version, node.version()),
        start.label,
        start.function,
        start.correlation,
        OperationIds.trace(start.trace, start.correlation, start.startEventId()),
        start.spanId,
        start.parentSpanId,
        start.startMicros + zone,
        0,
        -1,
        DurationSource.NONE,
        Outcome.STUCK,
        null,
        start.startEventId(),
        Slice.EMPTY,
        zone != 0,
        true,
        SpanTargets.NONE);
  }

  /// Whether a call of the same name, by the same node and in the same correlation, encloses the
  /// run of a node that has ended.
  private boolean isToldTwice(OperationEvent end, Symbol name) {
    if (end.role().family() != OperationFamily.NODE || name.isEmpty()) {
      return false;
    }
    OpenOperation outer = state.open.innermost(end.correlation());
    while (outer != null
        && !(outer.family == OperationFamily.TELEMETRY
            && outer.node.equals(end.node())
            && outer.label.equals(name))) {
      outer = outer.outer;
    }
    return outer != null;
  }

  private static Symbol nameOf(OpenOperation start, OperationEvent end) {
    return start.labelIsType ? nameOf(end) : first(start.label, nameOf(end));
  }

  private static Symbol nameOf(OperationEvent event) {
    return event.labelIsType() ? Symbol.EMPTY : event.label();
  }

  private static Symbol first(Symbol one, Symbol other) {
    return one.isEmpty() ? other : one;
  }
}
