package io.onex.log.cursor;

import io.onex.log.Log;
import io.onex.log.Position;

/// Where a destination that has no cursor yet begins: the setting `from`.
public sealed interface CursorStart {
  /// With the next record: the default.
  record End() implements CursorStart {}

  /// With the oldest retained record.
  record Beginning() implements CursorStart {}

  /// With the first record taken in at or after a time.
  ///
  /// @param ingestTimeMicros since the epoch, UTC
  record Time(long ingestTimeMicros) implements CursorStart {}

  /// The position in `log` that this means now.
  default Position in(Log log) {
    return switch (this) {
      case End() -> log.durableEnd();
      case Beginning() -> log.start();
      case Time(long ingestTimeMicros) -> log.positionAt(ingestTimeMicros);
    };
  }
}
