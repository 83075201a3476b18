package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.log.DerivedRecord;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordFrame;
import io.onex.log.RecordWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds back what folds conclude while they read again what they have read before.
///
/// Such a conclusion stands in the log already, a little further on, unless a crash came between
/// concluding and appending. So it waits until it is met there, and only what is not met is
/// appended. This holds however long ago the first time was, when the log itself no longer knows
/// the id. A conclusion drawn by a tick may be drawn later the second time, by the record after it;
/// hence ids that were met are remembered for a while as well. One thread at a time.
final class FoldRunnerCatchUp {
  /// More than this wait only when the folds conclude otherwise than before, as after an upgrade.
  static final int MAX_HELD = 10_000;

  private static final int MAX_MET = 100_000;

  private final Map<Slice, RecordFrame> held = new LinkedHashMap<>();
  private final Set<Slice> met = new LinkedHashSet<>();

  /// Takes note of the conclusions in the log.
  void meet(RecordBatch batch) {
    for (Record record : batch.records()) {
      if (record instanceof DerivedRecord) {
        Slice id = Slice.of(record.eventId().toByteArray());
        held.remove(id);
        met.add(id);
      }
    }
    for (Iterator<Slice> oldest = met.iterator(); met.size() > MAX_MET; ) {
      oldest.next();
      oldest.remove();
    }
  }

  /// Takes the conclusions out of `writer`.
  void hold(RecordWriter writer) {
    byte[] encoded = writer.encoded().toByteArray();
    int at = 0;
    for (int i = 0; i < writer.count(); i++) {
      RecordFrame frame = new RecordFrame(encoded, at, Position.START);
      if (!met.contains(frame.eventId())) {
        held.put(frame.eventId(), frame);
      }
      at += RecordFrame.encodedLength(encoded, at);
    }
    writer.clear();
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  boolean isFull() {
    return held.size() > MAX_HELD;
  }

  /// Puts everything that was not met into `writer`, in the order it was concluded.
  void release(RecordWriter writer) {
    List<RecordFrame> all = new ArrayList<>(held.values());
    held.clear();
    all.forEach(writer::copy);
  }
}
