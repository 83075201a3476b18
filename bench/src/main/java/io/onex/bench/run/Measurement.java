package io.onex.bench.run;

import io.onex.bench.load.Load;
import java.util.Locale;

/// What one run of a gateway measured.
///
/// @param name of the run
/// @param connections open at once
/// @param perRequest events per request
/// @param load what the generator saw
/// @param deliveredPerSecond events the slowest back end received per second until all had arrived;
///   0 without a back end
/// @param cpuMicrosPerEvent processor time of the gateway, all its threads
/// @param peakResidentBytes of the gateway
public record Measurement(
    String name,
    int connections,
    int perRequest,
    Load.Report load,
    double deliveredPerSecond,
    double cpuMicrosPerEvent,
    long peakResidentBytes) {
  static final String HEADING =
      "| run | connections | events/request | taken/s | delivered/s | ack p50 ms | ack p99 ms | gateway CPU µs/event | peak RSS MiB |\n"
          + "|---|--:|--:|--:|--:|--:|--:|--:|--:|";

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %,.0f | %s | %.2f | %.2f | %.2f | %d |",
        name,
        connections,
        perRequest,
        load.perSecond(),
        deliveredPerSecond == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", deliveredPerSecond),
        load.percentileMicros(0.5) / 1e3,
        load.percentileMicros(0.99) / 1e3,
        cpuMicrosPerEvent,
        peakResidentBytes >> 20);
  }
}
