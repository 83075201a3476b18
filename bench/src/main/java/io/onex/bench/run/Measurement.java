package io.onex.bench.run;

import io.onex.bench.load.Load;
import java.util.Map;

/// What one run of a gateway measured.
///
/// @param name of the run
/// @param connections open at once
/// @param perRequest events per request
/// @param load what the generator saw
/// @param deliveredPerSecond events the slowest back end received per second until all had arrived;
///   0 without a back end
/// @param cpuMicrosPerEvent processor time of the gateway, all its threads
/// @param threadMicrosPerEvent the same by name of thread
/// @param peakResidentBytes of the gateway
public record Measurement(
    String name,
    int connections,
    int perRequest,
    Load.Report load,
    double deliveredPerSecond,
    double cpuMicrosPerEvent,
    Map<String, Double> threadMicrosPerEvent,
    long peakResidentBytes) {}
