package io.onex.log.fold;

import java.util.List;

/// The checkpoints a fold may continue from.
///
/// @param newestFirst those whose files are whole; at most two
/// @param problems what is wrong with the others
public record CheckpointCandidates(List<Checkpoint> newestFirst, List<CheckpointProblem> problems) {
  public CheckpointCandidates {
    newestFirst = List.copyOf(newestFirst);
    problems = List.copyOf(problems);
  }
}
