package io.onex.integration.elk;

import io.onex.bytes.Slice;
import java.time.LocalDate;
import java.util.Arrays;

/// Writes UTC times as text without garbage, as long as they fall on the day of the one before;
/// what falls into the same second as that one only gets its microseconds.
///
/// One thread at a time. An answer is a view that the next call overwrites.
final class UtcText {
  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  private final byte[] text = new byte[40];
  private long day = Long.MIN_VALUE;
  private long second = Long.MIN_VALUE;
  private int dateBytes;

  /// The instant in ISO 8601 with microseconds, such as `2026-11-22T09:44:10.303181Z`.
  Slice instant(long epochMicros) {
    long epochSecond = Math.floorDiv(epochMicros, MICROS_PER_SECOND);
    if (epochSecond != second) {
      turnToSecond(epochSecond);
    }
    digits((int) (epochMicros - epochSecond * MICROS_PER_SECOND), dateBytes + 10, 6);
    return new Slice(text, 0, dateBytes + 17);
  }

  private void turnToSecond(long epochSecond) {
    turnToDay(Math.floorDiv(epochSecond, SECONDS_PER_DAY));
    int seconds = (int) Math.floorMod(epochSecond, SECONDS_PER_DAY);
    int p = dateBytes;
    text[p] = 'T';
    digits(seconds / 3600, p + 1, 2);
    text[p + 3] = ':';
    digits(seconds / 60 % 60, p + 4, 2);
    text[p + 6] = ':';
    digits(seconds % 60, p + 7, 2);
    text[p + 9] = '.';
    text[p + 16] = 'Z';
    second = epochSecond;
  }

  private void turnToDay(long epochDay) {
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
