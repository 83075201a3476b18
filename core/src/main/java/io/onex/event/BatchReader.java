package io.onex.event;

import static io.onex.event.RefusalCode.NOT_JSON;
import static io.onex.event.RefusalCode.TOO_LARGE;
import static io.onex.event.RefusalCode.TRAILING_DATA;

import io.onex.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/// Splits a body into the events in it, each a stretch of the same array, without reading them.
///
/// ```java
/// while (batch.next()) {
///   decoder.decode(body, batch.start(), batch.end(), carrier, now);
/// }
/// if (batch.fault() != null) { … refuse the rest … }
/// ```
///
/// A broken event does not hide the others as long as its brackets and quotes are balanced. What no
/// longer can be split ends the batch with a [#fault]. Indexes count events in an array and lines,
/// blank ones included, in NDJSON. One thread; allocates nothing per event.
public final class BatchReader {
  private final byte[] array;
  private final BatchFormat format;
  private final int from;
  private final int to;
  private final int maxEvents;

  private int index = -1;
  private int start;
  private int end;
  private int next;
  private boolean closed;
  private @Nullable Refusal fault;

  /// @param array holds the body from `from` up to but not including `to`
  /// @param maxEvents more events or lines than this are a fault; at least 1
  public BatchReader(byte[] array, int from, int to, BatchFormat format, int maxEvents) {
    if (maxEvents < 1) {
      throw new IllegalArgumentException("a batch holds at least 1 event, not " + maxEvents);
    }
    this.array = array;
    this.format = format;
    this.from = from;
    this.to = to;
    this.maxEvents = maxEvents;
    this.next = from;
    this.start = from;
    this.end = from;
  }

  /// Moves to the next event; false when there is none or the rest cannot be split.
  public boolean next() {
    if (closed) {
      return false;
    }
    boolean found =
        switch (format) {
          case SINGLE -> single();
          case LINES -> line();
          case ARRAY -> element();
        };
    closed = !found;
    return found;
  }

  /// Number of this event, from 0; for lines the number of the line.
  public int index() {
    return index;
  }

  /// Index in the array of the first byte of this event.
  public int start() {
    return start;
  }

  /// Index in the array just past this event.
  public int end() {
    return end;
  }

  /// Offset of this event from the start of the body, to be added to that of a [Refusal].
  public int offset() {
    return start - from;
  }

  /// Why the rest of the body could not be split, to be answered under the [#index] after the last
  /// event; null when all of it was read.
  public @Nullable Refusal fault() {
    return fault;
  }

  private boolean single() {
    if (index >= 0) {
      return false;
    }
    return found(from, to);
  }

  private boolean line() {
    if (next >= to) {
      return false;
    }
    int feed = JsonBytes.endOfLine(array, next, to);
    int lineStart = next;
    next = feed + 1;
    return found(lineStart, feed > lineStart && array[feed - 1] == '\r' ? feed - 1 : feed);
  }

  private boolean element() {
    int p;
    if (index < 0) {
      p = JsonBytes.skipSpace(array, from, to);
      if (p >= to || array[p] != '[') {
        return fault(NOT_JSON, p, "a batch begins with [");
      }
      p = JsonBytes.skipSpace(array, p + 1, to);
      if (p < to && array[p] == ']') {
        return closed(p);
      }
    } else {
      p = JsonBytes.skipSpace(array, next, to);
      if (p < to && array[p] == ']') {
        return closed(p);
      }
      if (p >= to || array[p] != ',') {
        return fault(NOT_JSON, p, "a comma or ] is expected after an event of a batch");
      }
      p = JsonBytes.skipSpace(array, p + 1, to);
    }
    int valueEnd = JsonBytes.endOfValue(array, p, to);
    if (valueEnd == p) {
      return fault(NOT_JSON, p, "an event is expected here");
    }
    next = valueEnd;
    return found(p, valueEnd);
  }

  private boolean closed(int bracket) {
    int rest = JsonBytes.skipSpace(array, bracket + 1, to);
    return rest < to && fault(TRAILING_DATA, rest, "something stands after the batch");
  }

  private boolean found(int first, int last) {
    if (index + 1 >= maxEvents) {
      return fault(TOO_LARGE, first, "a batch holds at most " + maxEvents + " events");
    }
    index++;
    start = first;
    end = last;
    return true;
  }

  private boolean fault(RefusalCode code, int at, String message) {
    fault = new Refusal(code, "", at - from, message);
    return false;
  }
}
