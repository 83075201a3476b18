package io.onex.log.fold;

import java.io.IOException;

/// Takes what folds could not: counts it and keeps the records as dead letters.
///
/// Called by the thread that drives the folds.
public interface FoldFailures {
  /// Takes nothing, for tests and tools that look at the folds themselves.
  FoldFailures NONE =
      new FoldFailures() {
        @Override
        public void keep(FoldFailure failure) {}

        @Override
        public void failed(String fold, Throwable failure) {}
      };

  /// A record was passed over. When this returns its letter survives a power cut.
  ///
  /// @throws IOException when it cannot be kept now; asked again with the same failure
  void keep(FoldFailure failure) throws IOException;

  /// A fold threw, over a record or the passing of time. Told at once, and only once.
  void failed(String fold, Throwable failure);
}
