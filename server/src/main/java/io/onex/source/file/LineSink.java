package io.onex.source.file;

import io.onex.bytes.Slice;
import io.onex.log.LogUnavailableException;

/// Takes lines of a file in.
@FunctionalInterface
public interface LineSink {
  /// Returns once the good lines are durable and the bad ones are among the refused.
  ///
  /// @param lines whole lines, each ended by a newline but perhaps the last of the file
  /// @param file that they stand in, fit to be printed
  /// @param ids makes the id of a line that has none
  /// @throws LogUnavailableException when nothing was taken; the same lines are offered again later
  void take(Slice lines, String file, LineIds ids)
      throws LogUnavailableException, InterruptedException;
}
