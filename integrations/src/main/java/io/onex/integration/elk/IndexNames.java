package io.onex.integration.elk;

import java.time.LocalDate;
import java.util.Locale;

/// Names of daily indices, such as `onex-events-2026.11.22`, made once per day and not per record.
///
/// One thread at a time.
final class IndexNames {
  private final String prefix;
  private long day = Long.MIN_VALUE;
  private String events = "";
  private String logs = "";

  /// @param prefix what all names begin with
  IndexNames(String prefix) {
    this.prefix = prefix;
  }

  /// The index of log lines, or else of events, of a day.
  ///
  /// @param epochDay days since 1970-01-01
  String of(boolean log, long epochDay) {
    if (epochDay != day) {
      LocalDate date = LocalDate.ofEpochDay(epochDay);
      String text =
          String.format(
              Locale.ROOT,
              "%04d.%02d.%02d",
              date.getYear(),
              date.getMonthValue(),
              date.getDayOfMonth());
      events = prefix + "-events-" + text;
      logs = prefix + "-logs-" + text;
      day = epochDay;
    }
    return log ? logs : events;
  }
}
