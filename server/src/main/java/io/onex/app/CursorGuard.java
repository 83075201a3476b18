package io.onex.app;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RetentionGuard;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.cursor.CursorStanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Speaks for all cursors when retention removes records.
///
/// A destination that is delivered to counts what it lost when it next reads, as it then finds the
/// start of the log beyond its cursor; until then those records are pending. One that has no loop
/// is moved on here.
final class CursorGuard implements RetentionGuard {
  private final CursorJournal cursors;

  CursorGuard(CursorJournal cursors) {
    this.cursors = cursors;
  }

  @Override
  public Optional<Position> slowest() {
    return cursors.slowest();
  }

  @Override
  public List<Overtaken> expire(Position newStart) throws IOException {
    List<Overtaken> overtaken = new ArrayList<>();
    for (CursorEntry entry : cursors.entries()) {
      for (PositionRange range : entry.cursor().open(newStart)) {
        overtaken.add(new Overtaken(entry.destination(), range));
      }
      boolean hasLoop =
          entry.standing() == CursorStanding.ACTIVE || entry.standing() == CursorStanding.PAUSED;
      if (!hasLoop) {
        cursors.save(entry.expireBelow(newStart));
      }
    }
    if (!cursors.flush()) {
      throw new IOException("the cursors cannot be made durable, so no record is removed");
    }
    return overtaken;
  }
}
