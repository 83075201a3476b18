package io.onex.segment;

/// Something wrong with the files of a store that it went on in spite of.
///
/// @param kind what it is
/// @param file path of the file concerned
/// @param offset where in the file it begins
/// @param bytes how many bytes are concerned
/// @param firstPosition first position that was lost, or where it happened when none was
/// @param positions how many positions were lost, at least 0
public record SegmentProblem(
    Kind kind, String file, long offset, long bytes, long firstPosition, long positions) {
  public SegmentProblem {
    if (positions < 0) {
      throw new IllegalArgumentException("a problem cannot lose " + positions + " positions");
    }
  }

  /// What can be wrong.
  public enum Kind {
    /// Bytes after the last whole block, never acknowledged, were cut off.
    TORN_TAIL("bytes after the last whole block are cut off; nothing acknowledged was in them"),
    /// A block cannot be read and is skipped.
    DAMAGED_BLOCK("a block cannot be read and is skipped"),
    /// The device does not give the bytes of a block, tried again and again.
    UNREADABLE_BLOCK(
        "the device does not give the bytes of a block, which is skipped; check the disk"),
    /// The header of a segment cannot be read; its name stood in for it.
    DAMAGED_HEADER("the header of the file cannot be read; its name stands in for it"),
    /// A file without content was removed.
    EMPTY_FILE("the file is empty and is removed"),
    /// A file does not belong where it is and is ignored.
    FOREIGN_FILE("the file does not belong here and is ignored; move it away"),
    /// Positions that were there are not.
    MISSING_POSITIONS("positions that were acknowledged are in no file"),
    /// The secret of the data folder cannot be read; another one was made.
    DAMAGED_SECRET(
        "the secret of the data folder cannot be read and is set aside; another one is made, and the indexes that depend on it; nothing was lost"),
    /// An index was missing or damaged and was made anew.
    REBUILT_INDEX("an index was missing or damaged and was made anew; nothing was lost");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  /// What happened, where, and what was lost, as one sentence.
  public String message() {
    String where = "%s at byte %d (%d bytes)".formatted(file, offset, bytes);
    return positions == 0
        ? "%s: %s".formatted(where, kind.sentence)
        : "%s: %s; lost: positions %d to %d"
            .formatted(where, kind.sentence, firstPosition, firstPosition + positions - 1);
  }
}
