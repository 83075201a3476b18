package io.onex.delivery;

import io.onex.log.cursor.CursorEntry;
import java.util.List;

/// Something that a [DeliveryMachine] wants done, in the order given.
public sealed interface DeliveryAction {
  /// Read what follows the records read so far; answered with [DeliveryInput.Read] as soon as there
  /// is something. One at a time.
  record ReadMore(int maxRecords, int maxBytes) implements DeliveryAction {}

  /// Encode and send; answered with [DeliveryInput.Ended].
  record Start(Attempt attempt) implements DeliveryAction {}

  /// Make dead letters durable; answered with [DeliveryInput.DeadLettersKept]. The records are
  /// pending until then.
  record KeepDeadLetters(long id, List<Rejected> rejected) implements DeliveryAction {
    public KeepDeadLetters {
      rejected = List.copyOf(rejected);
    }
  }

  /// Save the cursor and the ledger.
  ///
  /// @param settled what is new in them, ascending within each batch
  record Commit(CursorEntry entry, List<Settlement> settled) implements DeliveryAction {
    public Commit {
      settled = List.copyOf(settled);
    }
  }

  /// Tell the operator.
  record Announce(StateChange change) implements DeliveryAction {}

  /// Nothing is under way any more: the loop may end. Last action of a stopping machine.
  record Finish() implements DeliveryAction {}
}
