package io.onex.source.file;

import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.Telemetry;
import java.util.Map;

/// What a file source counts.
///
/// @param truncations files seen cut or written anew
/// @param readErrors obstacles met
/// @param holeBytes NUL bytes passed over
/// @param knownBytes bytes passed over because they were read in another file
/// @param lostFiles files that went with an end nobody can read any more
record TailCounters(
    Counter truncations,
    Counter readErrors,
    Counter holeBytes,
    Counter knownBytes,
    Counter lostFiles) {
  static TailCounters of(Telemetry telemetry, String source) {
    Map<String, String> labels = Map.of(LogKeys.SOURCE, source);
    return new TailCounters(
        telemetry.counter(
            "onex_gateway_file_truncations_total", "Tailed files seen cut or replaced.", labels),
        telemetry.counter(
            "onex_gateway_file_read_errors_total", "Tailed files that could not be read.", labels),
        telemetry.counter(
            "onex_gateway_file_hole_bytes_total",
            "NUL bytes passed over where a line would begin.",
            labels),
        telemetry.counter(
            "onex_gateway_file_known_bytes_total",
            "Bytes passed over because they were read in the file they are a copy of.",
            labels),
        telemetry.counter(
            "onex_gateway_file_lost_total",
            "Tailed files that were removed or cut while an end of them may not have been read.",
            labels));
  }
}
