package io.onex.metric.model;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The series of one family, found by label values without allocating, within a budget of series
/// and of the bytes they take when exposed.
///
/// Once either is used up, what would need a new series goes to an overflow series instead: its
/// open labels read [#OVERFLOW], its closed ones stay, so that sums over them remain right.
///
/// The series of the outcomes of a label begin together, at 0, because a rate never sees what a
/// series began with. What has not happened takes room from nothing that has: it is left out once a
/// quarter of the budget is used. One thread at a time.
final class SeriesTable<C extends Cell> {
  /// The value of the open labels of an overflow series.
  static final Symbol OVERFLOW = Symbol.of("__overflow__");

  private final FamilySpec spec;
  private final Supplier<C> newCell;
  private final List<Series<C>> all = new ArrayList<>();
  private final int outcomeLabel;
  private final List<Symbol> outcomes;

  /// Open addressing with linear probing, at most half full.
  private @Nullable Series<C>[] table = newTable(64);

  private int withinBudget;
  private long exposedBytes;
  private long overflowed;

  SeriesTable(FamilySpec spec, Supplier<C> newCell) {
    this.spec = spec;
    this.newCell = newCell;
    int label = 0;
    while (label < spec.labels().size() && spec.labels().get(label).outcomes().isEmpty()) {
      label++;
    }
    this.outcomeLabel = label;
    this.outcomes =
        label < spec.labels().size()
            ? spec.labels().get(label).outcomes().stream().map(Symbol::of).toList()
            : List.of();
    if (spec.labels().isEmpty()) {
      // Without labels there is one series, and it is there before anything was counted.
      at(Symbol.EMPTY, Symbol.EMPTY, Symbol.EMPTY);
    }
  }

  /// The cell of the series with these values; unused labels are empty.
  C at(Symbol one, Symbol two, Symbol three) {
    return one.length() <= LabelValue.MAX_BYTES
            && two.length() <= LabelValue.MAX_BYTES
            && three.length() <= LabelValue.MAX_BYTES
        ? counted(one, two, three)
        : counted(LabelValue.within(one), LabelValue.within(two), LabelValue.within(three));
  }

  private C counted(Symbol one, Symbol two, Symbol three) {
    Series<C> found = find(one, two, three);
    if (found != null) {
      return found.cell();
    }
    long bytes = exposedBytes(one, two, three);
    if (withinBudget < spec.seriesBudget() && exposedBytes + bytes <= FamilySpec.BYTES_BUDGET) {
      withinBudget++;
      C begun = put(one, two, three);
      beginOutcomes(one, two, three);
      return begun;
    }
    overflowed++;
    Symbol first = kept(0, one);
    Symbol second = kept(1, two);
    Symbol third = kept(2, three);
    Series<C> overflow = find(first, second, third);
    return overflow != null ? overflow.cell() : put(first, second, third);
  }

  /// Begins a series at 0 if there is none yet and room for what has not happened.
  void begin(Symbol one, Symbol two, Symbol three) {
    if (hasRoom()
        && find(LabelValue.within(one), LabelValue.within(two), LabelValue.within(three)) == null) {
      at(one, two, three);
    }
  }

  private boolean hasRoom() {
    return withinBudget < spec.seriesBudget() / 4 && exposedBytes < FamilySpec.BYTES_BUDGET / 4;
  }

  /// Begins the series of the other outcomes beside that of one.
  private void beginOutcomes(Symbol one, Symbol two, Symbol three) {
    Symbol happened = outcomeLabel == 0 ? one : outcomeLabel == 1 ? two : three;
    if (!outcomes.contains(happened)) {
      return;
    }
    for (Symbol outcome : outcomes) {
      Symbol first = outcomeLabel == 0 ? outcome : one;
      Symbol second = outcomeLabel == 1 ? outcome : two;
      Symbol third = outcomeLabel == 2 ? outcome : three;
      if (hasRoom() && find(first, second, third) == null) {
        withinBudget++;
        put(first, second, third);
      }
    }
  }

  /// Series that are not part of the overflow.
  int size() {
    return withinBudget;
  }

  /// How often something was counted in an overflow series.
  long overflowed() {
    return overflowed;
  }

  MetricFamily snapshot() {
    int labels = spec.labels().size();
    return new MetricFamily(
        spec.name(),
        spec.type(),
        spec.help(),
        spec.labels().stream().map(LabelSpec::name).toList(),
        spec.buckets(),
        all.stream().map(one -> one.cell().point(one.labelValues(labels))).toList());
  }

  void write(SnapshotWriter out) {
    out.unsigned(withinBudget).unsigned(overflowed).unsigned(all.size());
    for (Series<C> one : all) {
      out.bytes(one.first().utf8()).bytes(one.second().utf8()).bytes(one.third().utf8());
      one.cell().write(out);
    }
  }

  /// Puts the series of a snapshot back, whatever the budget is today.
  void read(SnapshotReader in, Symbols symbols) {
    withinBudget = in.count();
    overflowed = in.unsigned();
    for (int i = in.count(); i > 0; i--) {
      Symbol one = LabelValue.within(symbols.of(in.bytes()));
      Symbol two = LabelValue.within(symbols.of(in.bytes()));
      Symbol three = LabelValue.within(symbols.of(in.bytes()));
      Series<C> known = find(one, two, three);
      (known != null ? known.cell() : put(one, two, three)).read(in);
    }
    // A snapshot of before may have some outcomes only.
    for (Series<C> one : List.copyOf(all)) {
      beginOutcomes(one.first(), one.second(), one.third());
    }
  }

  private long exposedBytes(Symbol one, Symbol two, Symbol three) {
    return spec.exposedBytes(one.length() + two.length() + three.length());
  }

  private Symbol kept(int label, Symbol value) {
    return label >= spec.labels().size() || spec.labels().get(label).closed() ? value : OVERFLOW;
  }

  private @Nullable Series<C> find(Symbol one, Symbol two, Symbol three) {
    int mask = table.length - 1;
    int i = Series.hash(one, two, three) & mask;
    Series<C> series = table[i];
    while (series != null && !series.has(one, two, three)) {
      i = (i + 1) & mask;
      series = table[i];
    }
    return series;
  }

  private C put(Symbol one, Symbol two, Symbol three) {
    Series<C> series = new Series<>(one, two, three, newCell.get());
    all.add(series);
    exposedBytes += exposedBytes(one, two, three);
    if (all.size() * 2 > table.length) {
      table = newTable(table.length * 2);
      all.forEach(this::index);
    } else {
      index(series);
    }
    return series.cell();
  }

  private void index(Series<C> series) {
    int mask = table.length - 1;
    int i = Series.hash(series.first(), series.second(), series.third()) & mask;
    while (table[i] != null) {
      i = (i + 1) & mask;
    }
    table[i] = series;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of a generic type.
  private static <C extends Cell> @Nullable Series<C>[] newTable(int length) {
    return new Series[length];
  }
}
