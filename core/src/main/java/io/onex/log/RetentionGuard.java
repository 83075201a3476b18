package io.onex.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Speaks for the cursors when retention is about to remove records. Called from the log's
/// maintenance thread.
public interface RetentionGuard {
  /// Nobody reads the log.
  RetentionGuard NONE =
      new RetentionGuard() {
        @Override
        public Optional<Position> slowest() {
          return Optional.empty();
        }

        @Override
        public List<Overtaken> expire(Position newStart) {
          return List.of();
        }
      };

  /// The low-water position of the cursor that is furthest behind; empty when there is none.
  Optional<Position> slowest();

  /// Records before `newStart` are about to be removed. Whoever has not read them yet is moved on,
  /// and counts them as expired, durably, before this returns.
  ///
  /// @return what each cursor lost; empty when none did
  /// @throws IOException when that could not be made durable; then nothing is removed for now
  List<Overtaken> expire(Position newStart) throws IOException;

  /// What one cursor lost to retention.
  record Overtaken(String cursor, PositionRange range) {}
}
