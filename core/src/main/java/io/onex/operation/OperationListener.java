package io.onex.operation;

import io.onex.log.Record;

/// Is told what becomes of operations, as the fold that contains them learns it.
///
/// Called by the owner of the fold, in log order, also when records are folded again after a
/// restart: whoever keeps state from it keeps that state in the same checkpoint as the fold.
public interface OperationListener {
  /// Nobody listens.
  OperationListener NONE =
      new OperationListener() {
        @Override
        public void read(Record record, Symbol node, boolean start, boolean failed) {}

        @Override
        public void started(OperationFamily family, Symbol node, Symbol nodeName, Symbol version) {}

        @Override
        public void stuck(Operation operation) {}

        @Override
        public void ended(Operation operation, Symbol name, boolean toldTwice) {}

        @Override
        public void forgotten(
            OperationFamily family, Symbol node, Symbol nodeName, boolean wasStuck) {}
      };

  /// A START or END was read; what becomes of it is told afterwards, perhaps much later.
  ///
  /// @param failed whether an END says, by its type or its states, that the operation failed
  void read(Record record, Symbol node, boolean start, boolean failed);

  /// A START was taken in. Exactly one of [#ended] (of a paired operation) and [#forgotten]
  /// follows.
  ///
  /// @param version as far as the START tells; its END may know better
  void started(OperationFamily family, Symbol node, Symbol nodeName, Symbol version);

  /// An operation that was started is stuck; at most once.
  void stuck(Operation operation);

  /// An operation has ended, with or without a known START.
  ///
  /// @param name what its events call it, without what only says of which type it is; empty when
  ///   they do not
  /// @param toldTwice whether it is the run of a node of which TELEMETRY events tell under the same
  ///   name
  void ended(Operation operation, Symbol name, boolean toldTwice);

  /// A START was given up: it expired, or made room for newer ones.
  void forgotten(OperationFamily family, Symbol node, Symbol nodeName, boolean wasStuck);
}
