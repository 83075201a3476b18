package io.onex.log;

/// A batch that was handed to the log and may not be durable yet. For the thread that handed it
/// over, or one that it was passed on to.
public interface PendingAppend {
  /// Whether [#await] would not wait.
  boolean isDone();

  /// One whose result is known.
  static PendingAppend done(AppendResult result) {
    return new PendingAppend() {
      @Override
      public boolean isDone() {
        return true;
      }

      @Override
      public AppendResult await() {
        return result;
      }
    };
  }

  /// Waits as [Log#append] does.
  ///
  /// @throws LogUnavailableException when the log could not append: nothing of the batch will ever
  ///   be read
  AppendResult await() throws LogUnavailableException, InterruptedException;
}
