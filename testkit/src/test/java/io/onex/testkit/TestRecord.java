package io.onex.testkit;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;

/// Events whose bodies tell them apart; number 0 has none.
final class TestRecord {
  private TestRecord() {}

  static Record of(int number) {
    RecordWriter writer = new RecordWriter(256);
    writer.begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8("event-" + number), 1, 1);
    Slice body = number == 0 ? Slice.EMPTY : Slice.utf8("{\"number\":" + number + "}");
    writer.body(body.array(), body.offset(), body.length()).end();
    return Record.of(new RecordFrame(writer.encoded().array(), 0, new Position(0, number)));
  }
}
