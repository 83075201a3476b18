package io.onex.log.fold;

import io.onex.log.Position;
import java.util.Optional;

/// How far one fold has come.
///
/// @param fold its name
/// @param position where it continues; what it concluded before is durable unless there is a
///   failure
/// @param durableEnd where the log ended when this was taken
/// @param caughtUp whether it has reached the durable end that existed when it started
/// @param checkpointed where its last checkpoint stands
/// @param failure why it does not move, when it does not
/// @param broken whether the failure is its own, so that it will not move again
public record FoldRunnerProgress(
    String fold,
    Position position,
    Position durableEnd,
    boolean caughtUp,
    Optional<Position> checkpointed,
    Optional<String> failure,
    boolean broken) {
  /// Durable records that the fold has not taken in yet.
  public long lag() {
    return Math.max(0, durableEnd.offset() - position.offset());
  }
}
