package io.onex.integration.elk;

import io.onex.event.Slice;
import java.time.LocalDate;
import java.util.Arrays;

/// Writes UTC times as text without garbage, as long as they fall on the day of the one before.
/// Days of instants and of indices are remembered apart, as a sender with a wrong clock keeps them
/// apart.
///
/// One thread at a time. An answer is a view that the next call overwrites.
final class UtcText {
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final byte[] text = new byte[40];
  private long day = Long.MIN_VALUE;
  private int dateBytes;

  /// The instant in ISO 8601 with microseconds, such as `2026-11-22T09:44:10.303181Z`.
  Slice instant(long epochMicros) {
    turnTo(Math.floorDiv(epochMicros, IndexDay.DAY_MICROS));
    long rest = Math.floorMod(epochMicros, IndexDay.DAY_MICROS);
    int seconds = (int) (rest / MICROS_PER_SECOND);
    int p = dateBytes;
    text[p] = 'T';
    digits(seconds / 3600, p + 1, 2);
    text[p + 3] = ':';
    digits(seconds / 60 % 60, p + 4, 2);
    text[p + 6] = ':';
    digits(seconds % 60, p + 7, 2);
    text[p + 9] = '.';
    digits((int) (rest % MICROS_PER_SECOND), p + 10, 6);
    text[p + 16] = 'Z';
    return new Slice(text, 0, p + 17);
  }

  private void turnTo(long epochDay) {
    if (epochDay == day) {
      return;
    }
    String iso = LocalDate.ofEpochDay(epochDay).toString();
    dateBytes = iso.length();
    Arrays.fill(text, (byte) 0);
    for (int i = 0; i < dateBytes; i++) {
      text[i] = (byte) iso.charAt(i);
    }
    day = epochDay;
  }

  private void digits(int value, int at, int count) {
    int rest = value;
    for (int p = at + count - 1; p >= at; p--) {
      text[p] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
