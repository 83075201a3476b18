package io.onex.log;

/// What an event id is to the record that the index leads to from it.
enum IdRole {
  /// The own id of a record that was taken in. With [#CONCLUSION], the ids by which duplicates are
  /// known.
  OWN,
  /// The own id of a conclusion. It follows from published hashes, so that anybody can give it to
  /// an event: the two never meet.
  CONCLUSION,
  /// The id of its cause, which is another record: [RecordWriter#cause].
  CAUSE,
  /// The id it came with, which another record had: [RecordFlags#CONFLICTING].
  SENT;

  /// Whether the key with this digest is one of that role, among those of the records' own ids.
  boolean has(int digest) {
    return switch (this) {
      case OWN -> (digest & RecordKeys.CONCLUSION_BIT) == 0;
      case CONCLUSION -> (digest & RecordKeys.CONCLUSION_BIT) != 0;
      case CAUSE, SENT -> true;
    };
  }
}
