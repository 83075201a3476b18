package io.onex.event;

import io.onex.bytes.Slice;

/// The object that becomes an event: where it stands, what was scanned of it, and what is known
/// besides.
///
/// One thread.
final class ScannedObject {
  final EventScan scan;
  final Slots slots;
  final DecodedEvent event;
  final EventReading reading;
  final FieldMasks masks;
  Carrier carrier = Carrier.NONE;
  int start;
  private int end;
  private long receivedMicros;

  ScannedObject(EventScan scan, DecodedEvent event, TypeCache types, FieldMasks masks) {
    this.scan = scan;
    this.slots = scan.slots;
    this.event = event;
    this.reading = new EventReading(scan, event, types, masks);
    this.masks = masks;
  }

  void begin(int from, int to, Carrier context, long received) {
    carrier = context;
    receivedMicros = received;
    start = from;
    end = to;
  }

  /// All of it.
  Slice body() {
    return new Slice(slots.array, start, end - start);
  }

  /// All of it is the metadata.
  void isMetadata() {
    event.metadata.set(start, end, false);
  }

  void eventIdOfCarrier() {
    Slice id = Slice.utf8(carrier.headers().getOrDefault("message_id", ""));
    if (!NoId.means(id)) {
      event.madeEventId = masks.id(id);
    }
  }

  void noTime() {
    reading.assumeTime(carrier, receivedMicros);
    event.warn(EventWarning.NO_TIME);
  }
}
