package io.onex.delivery;

import io.onex.log.Position;
import java.util.Optional;

/// Something that a [DeliveryMachine] has to know.
public sealed interface DeliveryInput {
  /// Time has passed.
  record Tick() implements DeliveryInput {}

  /// The answer to [DeliveryAction.ReadMore].
  record Read(JudgedRecords records) implements DeliveryInput {}

  /// The answer to [DeliveryAction.Start].
  record Ended(long attempt, AttemptEnd end) implements DeliveryInput {}

  /// The answer to [DeliveryAction.KeepDeadLetters].
  ///
  /// @param durable whether they survive a power cut now; if not they are kept again later
  record DeadLettersKept(long id, boolean durable) implements DeliveryInput {}

  /// The operator changed how the destination is delivered to.
  record Changed(DeliverySettings settings) implements DeliveryInput {}

  /// Replay what stands between two positions, beside the cursor. One at a time; a replay that has
  /// begun before goes on where it was.
  ///
  /// @param job names it
  record BeginReplay(long job, Position from, Position end) implements DeliveryInput {}

  /// The answer to [DeliveryAction.ReadReplay].
  record ReplayRead(long job, JudgedRecords records) implements DeliveryInput {}

  /// Nothing more of the replay is started; it ends when its attempts have.
  record CancelReplay(long job) implements DeliveryInput {}

  /// The loop ends: nothing more is started, but for the little that is left before `end` when the
  /// system takes what it gets.
  ///
  /// @param end the end of the log; empty when nothing at all is to be started
  record Stop(Optional<Position> end) implements DeliveryInput {}
}
