package io.onex.event;

import io.onex.json.JsonBytes;

/// How several events are put into one body.
public enum BatchFormat {
  /// One JSON value.
  SINGLE,
  /// A JSON array of events; also a batch of CloudEvents (CloudEvents JSON format 1.0, section 4).
  ARRAY,
  /// One event per line, ended by LF or CRLF; blank lines count for nothing.
  LINES;

  /// The format that a body has by the look of it: an array when it begins with a bracket, one
  /// object when nothing but white space follows its end, lines otherwise.
  public static BatchFormat of(byte[] array, int from, int to) {
    int start = JsonBytes.skipSpace(array, from, to);
    if (start < to && array[start] == '[') {
      return ARRAY;
    }
    int end = JsonBytes.endOfValue(array, start, to);
    return JsonBytes.skipSpace(array, end, to) == to ? SINGLE : LINES;
  }
}
