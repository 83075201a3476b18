package io.onex.log.replay;

import io.onex.log.Position;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a replay sends again.
public sealed interface ReplaySource {
  /// The first position of the replay's cursor.
  Position from();

  /// The position just past the last one.
  Position end();

  /// A stretch of the log.
  ///
  /// @param where only records that this expression picks
  record Stretch(Position from, Position end, Optional<String> where) implements ReplaySource {
    public Stretch {
      checkOrder(from, end);
    }
  }

  /// Dead letters that were not replayed. Their ids are the positions of the cursor.
  ///
  /// @param from the lowest id
  /// @param end just past the highest id
  /// @param only these ids; all when empty
  record Letters(Position from, Position end, SortedSet<Long> only) implements ReplaySource {
    public Letters {
      checkOrder(from, end);
      only = new TreeSet<>(only);
    }

    /// Whether the letter with this id is meant.
    public boolean isMeant(long id) {
      return only.isEmpty() || only.contains(id);
    }
  }

  private static void checkOrder(Position from, Position end) {
    if (from.partition() != end.partition() || from.offset() > end.offset()) {
      throw new IllegalArgumentException("no replay from " + from + " to " + end);
    }
  }
}
