package io.onex.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The program's own metrics: every instrument is asked for here and is read through [#snapshot].
///
/// One instance is made by the composition root and passed to whoever measures. Asking twice for
/// the same name and labels gives the same instrument, so a destination that is rebuilt counts on.
/// Names match `onex_gateway_[a-z0-9_]+`, those of counters end in `_total`; units are seconds and
/// bytes. All samples of a name have the same label names. Label values are few and chosen by the
/// operator or the program, never taken from records. Safe for use by many threads; instruments
/// neither lock nor allocate when they are used.
public final class Telemetry {
  /// Bucket bounds, in seconds, for things that take from 1 ms to a minute.
  public static final List<Double> LATENCY_SECONDS =
      List.of(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private static final Pattern NAME = Pattern.compile("onex_gateway_[a-z0-9_]+");

  private final Map<String, Family> families = new TreeMap<>();

  /// A number that only grows while the program runs. The name ends in `_total`.
  ///
  /// @throws IllegalArgumentException when the name or labels break the rules above, or the name
  ///   already stands for something else
  public Counter counter(String name, String help, Map<String, String> labels) {
    if (!name.endsWith("_total")) {
      throw new IllegalArgumentException("a counter's name ends in _total: " + name);
    }
    return instrument(Counter.class, name, help, FamilySnapshot.Type.COUNTER, labels, Counter::new);
  }

  /// A number that is set.
  ///
  /// @throws IllegalArgumentException as [#counter] does
  public Gauge gauge(String name, String help, Map<String, String> labels) {
    return instrument(Gauge.class, name, help, FamilySnapshot.Type.GAUGE, labels, Gauge::new);
  }

  /// A number that `value` is asked for at each snapshot; a later supplier replaces an earlier one.
  ///
  /// @param value quick, without side effect, callable from any thread
  /// @throws IllegalArgumentException as [#counter] does
  public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
    synchronized (families) {
      family(name, help, FamilySnapshot.Type.GAUGE, labels)
          .put(new TreeMap<>(labels), new SuppliedGauge(value));
    }
  }

  /// How observations spread over buckets.
  ///
  /// @param bounds upper bounds, inclusive, ascending, without infinity; see [#LATENCY_SECONDS]
  /// @throws IllegalArgumentException as [#counter] does, or when the bounds do not ascend
  public Histogram histogram(
      String name, String help, Map<String, String> labels, List<Double> bounds) {
    return instrument(
        Histogram.class,
        name,
        help,
        FamilySnapshot.Type.HISTOGRAM,
        labels,
        () -> new Histogram(bounds));
  }

  /// Forgets every sample that has this label, such as those of a destination that was removed.
  /// Instruments that are still held go on counting unseen.
  public void forget(String label, String value) {
    synchronized (families) {
      families.values().forEach(family -> family.forget(label, value));
      families.values().removeIf(Family::isEmpty);
    }
  }

  /// All families by name, their samples by labels.
  public List<FamilySnapshot> snapshot() {
    synchronized (families) {
      List<FamilySnapshot> snapshots = new ArrayList<>(families.size());
      families.values().forEach(family -> snapshots.add(family.snapshot()));
      return List.copyOf(snapshots);
    }
  }

  private <I extends Instrument> I instrument(
      Class<I> kind,
      String name,
      String help,
      FamilySnapshot.Type type,
      Map<String, String> labels,
      Supplier<I> make) {
    synchronized (families) {
      Instrument instrument =
          family(name, help, type, labels).getOrPut(new TreeMap<>(labels), make);
      if (!kind.isInstance(instrument)) {
        throw new IllegalArgumentException(name + labels + " is read from a supplier");
      }
      return kind.cast(instrument);
    }
  }

  private Family family(
      String name, String help, FamilySnapshot.Type type, Map<String, String> labels) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a metric's name begins with onex_gateway_: " + name);
    }
    Family family = families.computeIfAbsent(name, n -> Family.of(n, help, type, labels.keySet()));
    family.check(type, labels.keySet());
    return family;
  }
}
