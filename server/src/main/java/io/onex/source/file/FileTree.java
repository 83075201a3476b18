package io.onex.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The files that are followed: the one way to them, so that a test can put a tree of its own, with
/// what is not to be had for the asking on a real one, in its place. One thread at a time.
interface FileTree {
  /// The entries of a folder, sorted; links are not followed.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is none
  /// @throws java.nio.file.AccessDeniedException when it may not be read
  List<Path> list(Path folder) throws IOException;

  /// @throws java.nio.file.NoSuchFileException when there is none, or a link leads nowhere
  FileFacts facts(Path path) throws IOException;

  /// Opens a file for reading; what is open outlives its name.
  Open open(Path path) throws IOException;

  /// A file open for reading.
  interface Open extends Closeable {
    long size() throws IOException;

    /// Reads from `from` on; returns how many bytes, or -1 at the end of the file.
    int read(ByteBuffer into, long from) throws IOException;
  }
}
