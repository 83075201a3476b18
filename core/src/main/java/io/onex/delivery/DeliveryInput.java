package io.onex.delivery;

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

  /// The loop ends: nothing more is started.
  record Stop() implements DeliveryInput {}
}
