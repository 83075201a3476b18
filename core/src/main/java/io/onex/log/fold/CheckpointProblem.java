package io.onex.log.fold;

/// Why a checkpoint could not be used.
///
/// @param fold its fold
/// @param path the file
/// @param reason what is wrong with it
public record CheckpointProblem(String fold, String path, String reason) {
  /// What happened and what follows, for operators to read.
  public String sentence() {
    return "Checkpoint %s of fold %s cannot be used: %s. An older one is used, or the fold reads the log again from its oldest record."
        .formatted(path, fold, reason);
  }
}
