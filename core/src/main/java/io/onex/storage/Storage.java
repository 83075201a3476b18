package io.onex.storage;

import java.io.IOException;
import java.util.List;

/// A tree of files that survives the process: the only way the program touches durable bytes.
///
/// Paths are relative, with `/` between names, and never leave the root. What was written is only
/// certain to survive a power cut after [StorageFile#force]; a created, renamed or deleted name
/// only after [#forceDirectory]. A process that is killed loses nothing that was written.
/// Implementations are safe for use by many threads; a single [StorageFile] has one writer.
public interface Storage {
  /// Opens `path` for reading and writing, creating it and its folders when missing.
  ///
  /// @throws IOException when the file cannot be opened or created
  StorageFile open(String path) throws IOException;

  /// Opens an existing file for reading.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is none
  StorageFile openForReading(String path) throws IOException;

  boolean exists(String path) throws IOException;

  /// Names, not paths, of the files directly in `directory`, sorted; empty when it does not exist.
  List<String> list(String directory) throws IOException;

  /// Removes the file; nothing happens when it does not exist.
  void delete(String path) throws IOException;

  /// Gives `from` the name `to`, atomically replacing what had it.
  void rename(String from, String to) throws IOException;

  /// Makes creations, renames and deletions directly in `directory` survive a power cut.
  void forceDirectory(String directory) throws IOException;

  /// Names the time since the machine was started: another one after each power cut, of which what
  /// was not forced may be missing. Empty when that cannot be told.
  default String bootId() {
    return "";
  }

  /// Sees to it that what is written still lands where the next start finds it, and that nobody
  /// else has the tree. A few system calls: cheap beside an fsync.
  ///
  /// @throws IOException when it does not; the message says what happened and what to do
  default void verify() throws IOException {}

  /// Bytes that can still be written here, or [Long#MAX_VALUE] when that cannot be told.
  long usableBytes() throws IOException;

  /// Bytes of the whole device, or [Long#MAX_VALUE] when that cannot be told.
  default long deviceBytes() throws IOException {
    return Long.MAX_VALUE;
  }
}
