package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.json.JsonKind;
import io.onex.json.JsonNumber;

/// Reads the time of an event in each form that ONEX nodes write (onex-facts a6): ISO 8601 with `T`
/// or a blank, to the minute, the second or up to 9 digits of its fraction, with `Z`, an offset or
/// no zone at all; a date; a number of seconds or milliseconds since 1970.
///
/// A time without zone is read as UTC. Digits beyond microseconds are cut off. Reusable by one
/// thread; does not allocate.
final class TimestampReader {
  /// What sort of time was read.
  enum Form {
    ZONED,
    NAIVE,
    DATE,
    NUMBER
  }

  private static final int DATE_LENGTH = 10;
  private static final int MINUTE_LENGTH = 16;
  private static final int SECOND_LENGTH = 19;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /// Above this a number counts milliseconds, above its thousandfold microseconds, and so on; as
  /// pydantic does. In seconds it is the year 2603.
  private static final double MOST_SECONDS = 2e10;

  private static final double LAST_SECOND = 253_402_300_799.0;

  private byte[] b = Slice.EMPTY.array();
  private int p;
  private int to;
  private Form form = Form.NAIVE;
  private long micros;

  /// The time read last, in microseconds since 1970-01-01T00:00:00Z.
  long micros() {
    return micros;
  }

  Form form() {
    return form;
  }

  /// Reads a JSON string or number; answers whether it is a time.
  boolean read(byte[] bytes, int start, int end) {
    if (bytes[start] == '"') {
      return readText(bytes, start + 1, end - 1);
    }
    return JsonKind.ofFirstByte(bytes[start]) == JsonKind.NUMBER && readNumber(bytes, start, end);
  }

  /// Reads text without quotes; answers whether it is a time.
  boolean readText(byte[] bytes, int start, int end) {
    b = bytes;
    p = start;
    to = end;
    if (end - start < DATE_LENGTH || b[start + 4] != '-' || b[start + 7] != '-') {
      return isDecimal(start, end) && readNumber(bytes, start, end);
    }
    int days = date(four(start), two(start + 5), two(start + 8));
    if (days == Integer.MIN_VALUE) {
      return false;
    }
    micros = days * (SECONDS_PER_DAY * MICROS_PER_SECOND);
    form = Form.DATE;
    return end - start == DATE_LENGTH || timeOfDay(start);
  }

  private boolean timeOfDay(int start) {
    byte separator = b[start + DATE_LENGTH];
    if (separator != 'T' && separator != ' ' && separator != 't' && separator != '_') {
      return false;
    }
    if (to - start < MINUTE_LENGTH || b[start + 13] != ':') {
      return false;
    }
    p = start + MINUTE_LENGTH;
    boolean toTheSecond = to - start >= SECOND_LENGTH && b[p] == ':';
    int hours = two(start + 11);
    int minutes = two(start + 14);
    int seconds = toTheSecond ? two(p + 1) : 0;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) {
      return false;
    }
    // A leap second is read as the last one before it, as clocks that have none do.
    long second = hours * 3600L + minutes * 60L + Math.min(seconds, 59);
    micros += second * MICROS_PER_SECOND;
    if (!toTheSecond) {
      return zone();
    }
    p = start + SECOND_LENGTH;
    return fraction() && zone();
  }

  private boolean fraction() {
    if (p == to || (b[p] != '.' && b[p] != ',')) {
      return true;
    }
    int first = ++p;
    long unit = MICROS_PER_SECOND / 10;
    while (p < to && b[p] >= '0' && b[p] <= '9') {
      micros += (b[p] - '0') * unit;
      unit /= 10;
      p++;
    }
    return p > first && p - first <= 9;
  }

  private boolean zone() {
    if (p == to) {
      form = Form.NAIVE;
      return true;
    }
    form = Form.ZONED;
    if (b[p] == 'Z' || b[p] == 'z') {
      return p + 1 == to;
    }
    int sign = b[p] == '+' ? 1 : b[p] == '-' ? -1 : 0;
    boolean colon = to - p == 6 && b[p + 3] == ':';
    if (sign == 0 || !(colon || to - p == 5 || to - p == 3)) {
      return false;
    }
    int hours = two(p + 1);
    int minutes = to - p == 3 ? 0 : two(colon ? p + 4 : p + 3);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return false;
    }
    micros -= sign * (hours * 3600L + minutes * 60L) * MICROS_PER_SECOND;
    return true;
  }

  private boolean readNumber(byte[] bytes, int start, int end) {
    double value = JsonNumber.toDouble(bytes, start, end);
    double perSecond = 1;
    while (Math.abs(value) / perSecond > MOST_SECONDS && perSecond < 1e9) {
      perSecond *= 1000;
    }
    if (!(Math.abs(value) / perSecond <= LAST_SECOND)) {
      return false;
    }
    form = Form.NUMBER;
    long whole = JsonNumber.toLong(bytes, start, end, Long.MIN_VALUE);
    if (whole == Long.MIN_VALUE) {
      micros = Math.round(value * (MICROS_PER_SECOND / perSecond));
    } else {
      // A double cannot tell neighbouring nanoseconds apart.
      micros =
          perSecond > MICROS_PER_SECOND
              ? Math.floorDiv(whole, (long) perSecond / MICROS_PER_SECOND)
              : whole * (MICROS_PER_SECOND / (long) perSecond);
    }
    return true;
  }

  private boolean isDecimal(int start, int end) {
    int first = start < end && b[start] == '-' ? start + 1 : start;
    int i = first;
    while (i < end && ((b[i] >= '0' && b[i] <= '9') || b[i] == '.')) {
      i++;
    }
    return i == end && end > first && b[first] != '.';
  }

  /// The four digits at `at` as a number; negative when one of them is none.
  private int four(int at) {
    int high = two(at);
    int low = two(at + 2);
    return high < 0 || low < 0 ? -1 : high * 100 + low;
  }

  /// The two digits at `at` as a number; negative when one of them is none.
  private int two(int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1 : tens * 10 + ones;
  }

  /// Days since 1970-01-01 in the Gregorian calendar; the least integer when there is no such day.
  /// Counts years from March so that the leap day comes last (H. Hinnant, "chrono-compatible
  /// low-level date algorithms").
  private static int date(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1) {
      return Integer.MIN_VALUE;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > DAYS_IN_MONTH[month - 1] + (month == 2 && leap ? 1 : 0)) {
      return Integer.MIN_VALUE;
    }
    int y = month <= 2 ? year - 1 : year;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }
}
