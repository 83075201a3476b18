package io.onex.delivery;

import io.onex.delivery.http.Pieces;
import io.onex.log.Position;
import java.io.IOException;

/// Where an integration finds the metrics that the gateway exposes about events.
///
/// Safe for use by many threads.
public interface ExpositionSource {
  /// The metrics as they stand now. Writing them may take long and is done on another thread, while
  /// they are sent.
  ///
  /// @throws IOException when they cannot be told yet, as right after a start
  /// @throws InterruptedException when the gateway stops
  Exposition current() throws IOException, InterruptedException;

  /// Metrics in the Prometheus text format, version 0.0.4, without timestamps.
  ///
  /// @param upTo every record before this position is counted in
  /// @param text the exposition, each line ended by a line feed; may be read once
  record Exposition(Position upTo, Pieces text) {
    /// Whether the record at `position` is counted in.
    public boolean counts(Position position) {
      return counts(upTo, position);
    }

    /// Whether metrics that count every record before `upTo` count the one at `position`.
    public static boolean counts(Position upTo, Position position) {
      return position.partition() == upTo.partition() && position.offset() < upTo.offset();
    }
  }
}
