package io.onex.log;

/// What an event id is to the record that the index leads to from it.
enum IdRole {
  /// Its own id. Only these are remembered to know duplicates.
  OWN,
  /// The id of its cause, which is another record: [RecordWriter#cause].
  CAUSE
}
