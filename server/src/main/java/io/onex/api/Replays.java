package io.onex.api;

import io.onex.log.Record;
import io.onex.log.cursor.ReplayProgress;
import io.onex.log.replay.ReplayJob;
import io.onex.log.replay.ReplaySource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Takes replays on, tells how far they are and cancels them. Any thread; blocks for the disk.
public interface Replays {
  /// Most replays of one destination that have not ended.
  int MOST_OPEN = 100;

  /// Whether there is such a destination that is enabled.
  boolean knows(String destination);

  /// Whether today's rules send `record` to `destination`, and it takes it.
  boolean isRouted(String destination, Record record);

  /// Takes a replay on, durably; it begins when those before it have ended.
  ///
  /// @throws IOException when it cannot be made durable; there is none then
  Replay begin(String destination, ReplaySource source) throws IOException;

  /// Those that are open and those that ended lately, oldest first.
  List<Replay> list();

  Optional<Replay> find(long id);

  /// Cancels a replay, durably; one that has ended stays as it is.
  ///
  /// @return as it stands now; empty when there is none
  /// @throws IOException when it cannot be made durable; it goes on
  Optional<Replay> cancel(long id) throws IOException;

  /// A replay as people see it.
  ///
  /// @param running whether it is under way
  /// @param waitingFor what its destination said last while it is not delivering, otherwise empty
  record Replay(ReplayJob job, ReplayProgress progress, boolean running, String waitingFor) {
    /// `queued`, `running`, `cancelling`, `completed`, `cancelled` or `failed`.
    String state() {
      if (job.end().isPresent()) {
        return switch (job.end().get().state()) {
          case COMPLETED -> "completed";
          case CANCELLED -> "cancelled";
          case FAILED -> "failed";
        };
      }
      if (job.cancelled()) {
        return "cancelling";
      }
      return running ? "running" : "queued";
    }
  }
}
