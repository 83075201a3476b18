package io.onex.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The instruments of one metric name. Guarded by the lock of its [Telemetry].
final class Family {
  /// Identity is not a label: these would make a series per event.
  private static final Set<String> IDENTITIES =
      Set.of("correlation_id", "event_id", "trace_id", "span_id", "user_id", "session_id");

  private final String name;
  private final String help;
  private final FamilySnapshot.Type type;
  private final Set<String> labelNames;
  private final Map<String, Map.Entry<Map<String, String>, Instrument>> instruments =
      new TreeMap<>();

  private Family(String name, String help, FamilySnapshot.Type type, Set<String> labelNames) {
    this.name = name;
    this.help = help;
    this.type = type;
    this.labelNames = labelNames;
  }

  static Family of(String name, String help, FamilySnapshot.Type type, Set<String> labelNames) {
    for (String label : labelNames) {
      if (IDENTITIES.contains(label)) {
        throw new IllegalArgumentException(label + " identifies one event: no label of " + name);
      }
    }
    return new Family(name, help, type, new TreeSet<>(labelNames));
  }

  void check(FamilySnapshot.Type wanted, Set<String> wantedLabels) {
    if (wanted != type || !labelNames.equals(wantedLabels)) {
      throw new IllegalArgumentException(
          "%s is a %s with labels %s, not a %s with %s"
              .formatted(name, type, labelNames, wanted, new TreeSet<>(wantedLabels)));
    }
  }

  <I extends Instrument> Instrument getOrPut(Map<String, String> labels, Supplier<I> make) {
    return instruments
        .computeIfAbsent(labels.toString(), k -> Map.entry(Map.copyOf(labels), make.get()))
        .getValue();
  }

  void put(Map<String, String> labels, Instrument instrument) {
    instruments.put(labels.toString(), Map.entry(Map.copyOf(labels), instrument));
  }

  void forget(String label, String value) {
    instruments.values().removeIf(entry -> Objects.equals(entry.getKey().get(label), value));
  }

  boolean isEmpty() {
    return instruments.isEmpty();
  }

  FamilySnapshot snapshot() {
    List<FamilySnapshot.Sample> samples = new ArrayList<>(instruments.size());
    instruments.values().forEach(entry -> samples.add(entry.getValue().sample(entry.getKey())));
    return new FamilySnapshot(name, help, type, samples);
  }
}
