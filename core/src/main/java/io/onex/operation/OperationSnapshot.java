package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.routing.SpanTargets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of the fold as bytes (format: `docs/reference/format/operation.md`).
///
/// Chains are written as links between ordinals, so that a restored state pairs and nests exactly
/// as the original would.
final class OperationSnapshot {
  private static final String MAGIC = "ONOP";
  private static final int VERSION = 3;

  private OperationSnapshot() {}

  static Slice write(OperationState state) {
    SnapshotWriter out = new SnapshotWriter(MAGIC, VERSION);
    out.signed(state.logMicros)
        .unsigned(state.ended)
        .unsigned(state.endWithoutStart)
        .unsigned(state.stuck)
        .unsigned(state.expired)
        .unsigned(state.evicted)
        .unsigned(state.clockCorrected)
        .unsigned(state.badDurations);
    List<OpenOperation> open = new ArrayList<>(state.open.size());
    collect(state.open.running(), open);
    collect(state.open.stuck(), open);
    List<HeldEnd> held = state.held.all();
    Map<Symbol, Integer> symbols = new HashMap<>();
    open.forEach(
        one -> number(symbols, one.node, one.operation, one.label, one.function, one.version));
    for (HeldEnd one : held) {
      OperationEvent end = one.end;
      number(symbols, end.node(), end.operation(), end.label(), end.function(), end.version());
    }
    Symbol[] ordered = new Symbol[symbols.size()];
    symbols.forEach((symbol, number) -> ordered[number] = symbol);
    out.unsigned(ordered.length);
    for (Symbol symbol : ordered) {
      out.bytes(symbol.utf8());
    }
    SpanTargetTable targets = new SpanTargetTable();
    open.forEach(one -> targets.add(one.spansTo));
    held.forEach(one -> targets.add(one.end.spansTo()));
    targets.write(out);
    Map<OpenOperation, Integer> ordinals = new HashMap<>();
    for (OpenOperation one : open) {
      ordinals.put(one, ordinals.size() + 1);
    }
    out.unsigned(open.size());
    for (OpenOperation one : open) {
      write(out, one, symbols, targets, ordinals);
    }
    out.unsigned(held.size());
    for (HeldEnd one : held) {
      write(out, one, symbols, targets);
    }
    return out.toSlice();
  }

  static OperationState read(Slice snapshot, Symbols interned) {
    SnapshotReader in = new SnapshotReader(snapshot, MAGIC, VERSION);
    OperationState state = new OperationState();
    state.logMicros = in.signed();
    state.ended = in.unsigned();
    state.endWithoutStart = in.unsigned();
    state.stuck = in.unsigned();
    state.expired = in.unsigned();
    state.evicted = in.unsigned();
    state.clockCorrected = in.unsigned();
    state.badDurations = in.unsigned();
    Symbol[] symbols = new Symbol[in.count()];
    for (int i = 0; i < symbols.length; i++) {
      // An older version wrote them at any length.
      symbols[i] = interned.of(KeptText.key(in.bytes()));
    }
    List<SpanTargets> targets = SpanTargetTable.read(in);
    OpenChains chains = new OpenChains(in, in.count());
    for (int i = 0; i < chains.size(); i++) {
      OpenOperation one = readOpen(in, symbols, targets);
      one.parentSpanId = in.fixed();
      one.stuck = in.bool();
      chains.add(one, in.count(), in.count());
    }
    chains.link(state.open);
    for (int i = in.count(); i > 0; i--) {
      state.held.add(readHeld(in, symbols, targets));
    }
    in.end();
    return state;
  }

  private static void collect(AgeList from, List<OpenOperation> into) {
    for (OpenOperation one = from.oldest(); one != null; one = one.newer) {
      into.add(one);
    }
  }

  private static void number(Map<Symbol, Integer> symbols, Symbol... used) {
    for (Symbol symbol : used) {
      symbols.putIfAbsent(symbol, symbols.size());
    }
  }

  private static int ordinal(
      Map<OpenOperation, Integer> ordinals, @Nullable OpenOperation operation) {
    return operation == null ? 0 : ordinals.getOrDefault(operation, 0);
  }

  private static void write(
      SnapshotWriter out,
      OpenOperation one,
      Map<Symbol, Integer> symbols,
      SpanTargetTable targets,
      Map<OpenOperation, Integer> ordinals) {
    out.unsigned(one.family.code()).bool(one.labelIsType);
    symbols(out, symbols, one.node, one.operation, one.label, one.function, one.version);
    out.bytes(one.correlation == null ? Slice.EMPTY : one.correlation.utf8());
    trace(out, one.trace);
    out.signed(one.startMicros).signed(one.ingestMicros).signed(one.logMicros);
    out.bytes(one.startEventId()).unsigned(targets.number(one.spansTo));
    out.fixed(one.parentSpanId).bool(one.stuck);
    out.unsigned(ordinal(ordinals, one.sameKeyBefore)).unsigned(ordinal(ordinals, one.outer));
  }

  private static OpenOperation readOpen(
      SnapshotReader in, Symbol[] symbols, List<SpanTargets> targets) {
    OperationFamily family = OperationFamily.ofCode(in.unsigned());
    boolean labelIsType = labelIsType(in);
    return new OpenOperation(
        family,
        symbol(in, symbols),
        symbol(in, symbols),
        symbol(in, symbols),
        labelIsType,
        symbol(in, symbols),
        symbol(in, symbols),
        CorrelationId.of(in.bytes()),
        trace(in),
        in.signed(),
        in.signed(),
        in.signed(),
        in.bytes().toByteArray(),
        SpanTargetTable.next(in, targets));
  }

  private static void write(
      SnapshotWriter out, HeldEnd held, Map<Symbol, Integer> symbols, SpanTargetTable targets) {
    OperationEvent end = held.end;
    out.unsigned(end.role().family().code()).bool(end.role().failed());
    out.bool(end.labelIsType());
    symbols(out, symbols, end.node(), end.operation(), end.label(), end.function(), end.version());
    out.bytes(end.correlation() == null ? Slice.EMPTY : end.correlation().utf8());
    trace(out, end.trace());
    out.signed(end.eventMicros()).signed(end.ingestMicros()).signed(end.durationMicros());
    out.unsigned(end.durationSource().code()).bool(end.badDuration());
    OperationError error = end.error();
    out.bool(error != null);
    if (error != null) {
      out.text(error.message()).text(error.type()).text(error.code());
    }
    out.bytes(end.eventId()).unsigned(targets.number(end.spansTo()));
    out.signed(held.logMicros).fixed(held.parentSpanId);
  }

  private static HeldEnd readHeld(SnapshotReader in, Symbol[] symbols, List<SpanTargets> targets) {
    OperationFamily family = OperationFamily.ofCode(in.unsigned());
    Role role = new Role(family, false, in.bool());
    boolean labelIsType = labelIsType(in);
    OperationEvent end =
        new OperationEvent(
            role,
            symbol(in, symbols),
            symbol(in, symbols),
            symbol(in, symbols),
            labelIsType,
            symbol(in, symbols),
            symbol(in, symbols),
            CorrelationId.of(in.bytes()),
            trace(in),
            in.signed(),
            in.signed(),
            in.signed(),
            DurationSource.ofCode(in.unsigned()),
            in.bool(),
            in.bool() ? new OperationError(in.text(), in.text(), in.text()) : null,
            Slice.of(in.bytes().toByteArray()),
            SpanTargetTable.next(in, targets));
    return new HeldEnd(end, in.signed(), in.fixed());
  }

  /// Version 1 does not tell a name from a type; a name is more common.
  private static boolean labelIsType(SnapshotReader in) {
    return in.version() >= 2 && in.bool();
  }

  private static void symbols(SnapshotWriter out, Map<Symbol, Integer> numbers, Symbol... used) {
    for (Symbol symbol : used) {
      out.unsigned(numbers.getOrDefault(symbol, 0));
    }
  }

  private static Symbol symbol(SnapshotReader in, Symbol[] symbols) {
    int number = in.count();
    if (number >= symbols.length) {
      throw in.broken("it has no symbol " + number);
    }
    return symbols[number];
  }

  private static void trace(SnapshotWriter out, @Nullable Id128 trace) {
    out.bool(trace != null);
    if (trace != null) {
      out.fixed(trace.high()).fixed(trace.low());
    }
  }

  private static @Nullable Id128 trace(SnapshotReader in) {
    return in.bool() ? new Id128(in.fixed(), in.fixed()) : null;
  }
}
