package io.onex.source.file;

import java.util.List;

/// What a file source remembers over a restart.
///
/// @param positions how far each file was taken in
record SavedTails(List<TailPosition> positions) {
  SavedTails {
    positions = List.copyOf(positions);
  }
}
