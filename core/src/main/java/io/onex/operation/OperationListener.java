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
        public void started(OperationFamily family, Symbol node, Symbol nodeName) {}

        @Override
        public void stuck(Operation operation) {}

        @Override
        public void ended(Operation operation) {}

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
  void started(OperationFamily family, Symbol node, Symbol nodeName);

  /// An operation that was started is stuck; at most once.
  void stuck(Operation operation);

  /// An operation has ended, with or without a known START.
  void ended(Operation operation);

  /// A START was given up: it expired, or made room for newer ones.
  void forgotten(OperationFamily family, Symbol node, Symbol nodeName, boolean wasStuck);
}
