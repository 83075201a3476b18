package io.onex.log.fold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Remembers what folds passed over, on a disk that can be full.
final class KeptFailures implements FoldFailures {
  private final List<String> kept = new ArrayList<>();
  private boolean full;

  @Override
  public synchronized void keep(FoldFailure failure) throws IOException {
    if (full) {
      throw new IOException("the disk is full");
    }
    String letter =
        "%s %s %s"
            .formatted(failure.fold(), failure.record().position().offset(), failure.reason());
    // As dead letters do: a record has one of each fold.
    if (!kept.contains(letter)) {
      kept.add(letter);
    }
  }

  @Override
  public void failed(String fold, Throwable failure) {}

  synchronized void full(boolean isFull) {
    full = isFull;
  }

  synchronized List<String> kept() {
    return List.copyOf(kept);
  }
}
