package io.onex.delivery;

import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.ReplayProgress;
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

  /// Read what follows the records of the replay read so far; answered with
  /// [DeliveryInput.ReplayRead]. One at a time, never beyond the end of the replay.
  record ReadReplay(long job, int maxRecords, int maxBytes) implements DeliveryAction {}

  /// Save how far the replay has come.
  ///
  /// @param settled what is new: positions of the replay
  record CommitReplay(CursorEntry entry, List<Settlement> settled) implements DeliveryAction {
    public CommitReplay {
      settled = List.copyOf(settled);
    }
  }

  /// The replay has ended; its last commit came before.
  ///
  /// @param cancelled whether it was cancelled before it was complete
  record EndReplay(ReplayProgress progress, boolean cancelled) implements DeliveryAction {}

  /// Tell the operator.
  record Announce(StateChange change) implements DeliveryAction {}

  /// Nothing is under way any more: the loop may end. Last action of a stopping machine.
  record Finish() implements DeliveryAction {}
}
