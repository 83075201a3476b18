package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.List;

/// A request body that is written in parts of moderate size: none is copied to make room for the
/// next record, and none is so large that the garbage collector treats it apart.
///
/// For one request; one thread.
final class BodyParts {
  /// Well below half a region of the collector, which is 512 KiB in a small heap.
  private static final int PART_BYTES = 256 << 10;

  private final int overheadPerRecord;
  private final List<Slice> full = new ArrayList<>();
  private JsonWriter part;
  private int partBytes;
  private long expectedBytes;

  /// @param records of the request, in order
  /// @param overheadPerRecord bytes that a record usually needs beyond those of its body
  BodyParts(List<Record> records, int overheadPerRecord) {
    this.overheadPerRecord = overheadPerRecord;
    for (Record record : records) {
      expectedBytes += expected(record);
    }
    part = newPart(1);
  }

  /// Where the next record is written; used for no other.
  JsonWriter writerFor(Record record) {
    int wanted = expected(record);
    if (part.size() > 0 && part.size() + wanted > partBytes) {
      full.add(part.written());
      part = newPart(wanted);
    }
    expectedBytes -= wanted;
    return part;
  }

  /// The part that is being written, for what stands around the records.
  JsonWriter current() {
    return part;
  }

  /// All that was written, in order.
  List<Slice> parts() {
    List<Slice> all = new ArrayList<>(full);
    all.add(part.written());
    return all;
  }

  private JsonWriter newPart(int atLeast) {
    partBytes = (int) Math.max(atLeast, Math.min(PART_BYTES, expectedBytes + 1));
    return new JsonWriter(partBytes);
  }

  private int expected(Record record) {
    return record.body().length() + overheadPerRecord;
  }
}
