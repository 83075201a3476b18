package io.onex.source.file;

import io.onex.bytes.Slice;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// A file whose lines are taken in, from where its life was left. One thread at a time.
interface LineFile extends Closeable {
  Life life();

  /// The lines that follow, as many whole ones as fit `window`; empty when there is none now. The
  /// same come again until they are [#taken].
  ///
  /// A line longer than the window comes as one [Lines] of its first bytes. NUL bytes where a line
  /// would begin are a hole, which a writer leaves that goes on behind a cut: they are passed over.
  ///
  /// @param window room to read into; what is returned may be a view of it
  /// @param evenUnended whether the last line is taken although no newline ends it
  Optional<Lines> next(byte[] window, boolean evenUnended) throws IOException;

  /// All of `lines` is durable now.
  void taken(Lines lines) throws IOException;

  /// Bytes that are there and were not taken in, as far as that is known.
  long behind() throws IOException;

  /// Some lines of a file.
  ///
  /// @param bytes a view that is valid until the next read
  /// @param start offset of the first byte
  /// @param end offset just past the last line
  /// @param hole NUL bytes passed over before `start`
  /// @param overlong whether `bytes` is only the beginning of one line that is too long
  record Lines(Slice bytes, long start, long end, long hole, boolean overlong) {}
}
