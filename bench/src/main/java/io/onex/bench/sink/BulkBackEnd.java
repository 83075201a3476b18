package io.onex.bench.sink;

import io.onex.bench.load.EventSeries;
import io.onex.bench.oracle.Deliveries;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes `_bulk` requests as Elasticsearch does, and checks every document against the series.
public final class BulkBackEnd implements BackEnd {
  private static final byte[] INFO =
      "{\"version\":{\"number\":\"8.19.0\"},\"tagline\":\"You Know, for Search\"}"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAKEN = "{\"acknowledged\":true}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\"_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] METADATA = "\"metadata\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ITEM =
      "{\"create\":{\"status\":201}},".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ITEMS_HEAD =
      "{\"took\":1,\"errors\":false,\"items\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ITEMS_TAIL = "]}".getBytes(StandardCharsets.US_ASCII);

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;

  private final EventSeries series;
  private final Deliveries deliveries;
  private final boolean everyBody;

  /// @param everyBody whether the bytes of every document are compared; of one in 64 otherwise
  public BulkBackEnd(EventSeries series, Deliveries deliveries, boolean everyBody) {
    this.series = series;
    this.deliveries = deliveries;
    this.everyBody = everyBody;
  }

  @Override
  public Reply answer(String method, String path, byte[] body, int length) {
    if (!path.contains("_bulk")) {
      return new Reply(200, method.equals("GET") ? INFO : TAKEN);
    }
    int items = 0;
    int at = 0;
    byte[] expected = new byte[EventSeries.MAX_BYTES];
    while (at < length) {
      int actionEnd = endOfLine(body, at, length);
      int documentEnd = endOfLine(body, Math.min(actionEnd + 1, length), length);
      document(body, at, actionEnd, documentEnd, expected);
      items++;
      at = documentEnd + 1;
    }
    return new Reply(200, items(items));
  }

  private void document(byte[] body, int at, int actionEnd, int documentEnd, byte[] expected) {
    int id = find(body, at, actionEnd, ID);
    long sequence = id < 0 ? -1 : EventSeries.sequenceOfId(body, id + ID.length);
    if (sequence < 0) {
      deliveries
          .findings()
          .add(
              "a document without an id of the series: "
                  + new String(body, at, Math.min(200, actionEnd - at), StandardCharsets.UTF_8));
      return;
    }
    boolean intact = true;
    if (everyBody || (sequence & 63) == 0) {
      int end = series.render(sequence, expected, 0);
      int from = series.metadataAt();
      // The event ends with the brace of the envelope; what is before it is the metadata.
      int bytes = end - 1 - from;
      int found = find(body, actionEnd, documentEnd, METADATA) + METADATA.length;
      intact =
          found + bytes <= documentEnd
              && Arrays.equals(body, found, found + bytes, expected, from, from + bytes);
    }
    deliveries.received(sequence, intact);
  }

  private static byte[] items(int count) {
    byte[] answer = new byte[ITEMS_HEAD.length + count * ITEM.length + ITEMS_TAIL.length];
    System.arraycopy(ITEMS_HEAD, 0, answer, 0, ITEMS_HEAD.length);
    int at = ITEMS_HEAD.length;
    for (int i = 0; i < count; i++) {
      System.arraycopy(ITEM, 0, answer, at, ITEM.length);
      at += ITEM.length;
    }
    // The last item has no comma behind it.
    at -= count > 0 ? 1 : 0;
    System.arraycopy(ITEMS_TAIL, 0, answer, at, ITEMS_TAIL.length);
    return Arrays.copyOf(answer, at + ITEMS_TAIL.length);
  }

  /// Index of the next line feed, or `to`; eight bytes at a time, as this is most of the work here.
  private static int endOfLine(byte[] array, int from, int to) {
    int p = from;
    for (; p + Long.BYTES <= to; p += Long.BYTES) {
      long word = (long) WORD.get(array, p) ^ FEEDS;
      long found = (word - ONES) & ~word & HIGH;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (p < to && array[p] != '\n') {
      p++;
    }
    return p;
  }

  private static int find(byte[] array, int from, int to, byte[] wanted) {
    for (int i = from; i + wanted.length <= to; i++) {
      if (array[i] == wanted[0]
          && Arrays.equals(array, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
