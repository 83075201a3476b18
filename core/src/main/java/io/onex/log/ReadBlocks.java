package io.onex.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last few blocks read from disk, shared by readers that lag at the same place, as several
/// destinations do after a start. Safe for use by many threads.
final class ReadBlocks {
  private static final int KEPT = 8;

  private final @Nullable RecordBlock[] kept = new RecordBlock[KEPT];
  private int next;

  synchronized void add(RecordBlock block) {
    kept[next] = block;
    next = (next + 1) % KEPT;
  }

  /// The block with the record at `position`; empty when it was not read lately.
  synchronized Optional<RecordBlock> find(long position) {
    for (RecordBlock block : kept) {
      if (block != null && block.first() <= position && position < block.end()) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }
}
