package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import java.time.LocalDate;
import java.util.Locale;

/// The lines of a `_bulk` request that say what is to be done with the document behind each, up to
/// its id: they name the daily index, such as `onex-events-2026.11.22`, and are made once per day
/// and not per record.
///
/// One thread at a time.
final class BulkAction {
  private static final Slice END = Slice.utf8("}}\n");

  private final String prefix;
  private long day = Long.MIN_VALUE;
  private Slice events = Slice.EMPTY;
  private Slice logs = Slice.EMPTY;

  /// @param prefix what the names of all indices begin with
  BulkAction(String prefix) {
    this.prefix = prefix;
  }

  /// Writes the line that creates a document in the index of log lines, or else of events, of a
  /// day.
  ///
  /// @param epochDay days since 1970-01-01
  /// @param id of the document
  void write(JsonWriter json, boolean log, long epochDay, Slice id) {
    if (epochDay != day) {
      turnTo(epochDay);
    }
    json.literal(log ? logs : events).text(id).literal(END);
  }

  private void turnTo(long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    String text =
        String.format(
            Locale.ROOT,
            "%04d.%02d.%02d",
            date.getYear(),
            date.getMonthValue(),
            date.getDayOfMonth());
    events = begin(prefix + "-events-" + text);
    logs = begin(prefix + "-logs-" + text);
    day = epochDay;
  }

  private static Slice begin(String index) {
    JsonWriter json = new JsonWriter(128);
    json.beginObject().key("create").beginObject().key("_index").text(index).key("_id");
    return Slice.of(json.toByteArray());
  }
}
