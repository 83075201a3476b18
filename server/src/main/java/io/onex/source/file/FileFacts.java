package io.onex.source.file;

/// What the file system says of an entry, links followed.
///
/// @param kind what it is
/// @param key device and inode: the same under every name; the path where there is none
/// @param size in bytes
/// @param changedMicros when it was last written to
record FileFacts(Kind kind, String key, long size, long changedMicros) {
  /// What an entry of a folder is.
  enum Kind {
    FILE,
    FOLDER,
    OTHER
  }
}
