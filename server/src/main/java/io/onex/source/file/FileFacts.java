package io.onex.source.file;

/// What the file system says of an entry, links followed.
///
/// @param kind what it is
/// @param key device and inode: the same under every name; the path where there is none
/// @param size in bytes
/// @param changedMicros when it was last written to
/// @param bornMicros when it was made, as the file system tells it; one that keeps no such time
///   tells that of the last writing, or 0
record FileFacts(Kind kind, String key, long size, long changedMicros, long bornMicros) {
  /// What is known of a file that there is no more.
  static final FileFacts GONE = new FileFacts(Kind.OTHER, "", 0, 0, 0);

  /// What an entry of a folder is.
  enum Kind {
    FILE,
    FOLDER,
    OTHER
  }

  /// Whether `now` is another file than this, although their keys are equal: the number of a file
  /// that is gone is given to the next.
  ///
  /// Files made at different times are different. Where both times of making are also those of the
  /// last writing they may be no more than that: then `now` is another when it was written to and
  /// is as long as it was.
  boolean isFollowedBy(FileFacts now) {
    boolean known = bornMicros > 0 && now.bornMicros > 0;
    boolean kept = bornMicros != changedMicros || now.bornMicros != now.changedMicros;
    return known && bornMicros != now.bornMicros && (kept || now.size == size);
  }

  /// Whether `now` tells of the same file.
  boolean isSameFile(FileFacts now) {
    return key.equals(now.key) && !isFollowedBy(now);
  }

  /// Whether nothing was written to the file since it was `before`.
  boolean isUnchangedFrom(FileFacts before) {
    return size == before.size
        && changedMicros == before.changedMicros
        && !before.isFollowedBy(this);
  }
}
