package io.onex.bench.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The same measurement several times: medians, and how far the rates were apart.
final class Repeated {
  static final String HEADING =
      "| run | connections | events/request | taken/s | delivered/s | ack p50 ms | ack p99 ms | gateway CPU µs/event | peak RSS MiB |\n"
          + "|---|--:|--:|--:|--:|--:|--:|--:|--:|";

  /// Threads that take less than this, in µs per event, go without a line.
  private static final double SHOWN_MICROS = 0.05;

  private final List<Measurement> all = new ArrayList<>();

  void add(Measurement measurement) {
    all.add(measurement);
  }

  /// @param figure of which the median is wanted
  double median(ToDoubleFunction<Measurement> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /// A line of the table under [#HEADING].
  String row() {
    Measurement first = all.getFirst();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %s | %.2f | %.2f | %.2f | %.0f |",
        first.name(),
        first.connections(),
        first.perRequest(),
        rate(each -> each.load().perSecond()),
        first.deliveredPerSecond() == 0 ? "-" : rate(Measurement::deliveredPerSecond),
        median(each -> each.load().percentileMicros(0.5) / 1e3),
        median(each -> each.load().percentileMicros(0.99) / 1e3),
        median(Measurement::cpuMicrosPerEvent),
        median(each -> each.peakResidentBytes() / (double) (1 << 20)));
  }

  /// Which threads of the gateway used its processor time, most first.
  String threads() {
    Map<String, Double> medians = new TreeMap<>();
    for (Measurement measurement : all) {
      for (String name : measurement.threadMicrosPerEvent().keySet()) {
        medians.computeIfAbsent(
            name, any -> median(each -> each.threadMicrosPerEvent().getOrDefault(any, 0.0)));
      }
    }
    StringBuilder line = new StringBuilder(all.getFirst().name()).append(": ");
    medians.entrySet().stream()
        .filter(each -> each.getValue() >= SHOWN_MICROS)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .forEach(each ->
            line.append(String.format(Locale.ROOT, "%s %.2f, ", each.getKey(), each.getValue())));
    line.setLength(line.length() - 2);
    return line.toString();
  }

  private String rate(ToDoubleFunction<Measurement> figure) {
    double least = all.stream().mapToDouble(figure).min().orElse(0);
    double most = all.stream().mapToDouble(figure).max().orElse(0);
    return all.size() == 1
        ? String.format(Locale.ROOT, "%,.0f", least)
        : String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", median(figure), least, most);
  }
}
