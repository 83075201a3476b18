package io.onex.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Time spans as people write them: `500ms`, `30s`, `1h30m`, `7d`.
public final class DurationText {
  static final String PATTERN = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$|^0$";

  private static final Pattern PART =
      Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?(ms|s|m|h|d)");

  private DurationText() {}

  /// @throws IllegalArgumentException when `text` has another form; the message says which is right
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.lookingAt()) {
      Duration unit = unit(part.group(3));
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      String fraction = part.group(2);
      if (fraction != null) {
        long scaled = Long.parseLong((fraction + "000000000").substring(0, 9));
        sum = sum.plus(unit.multipliedBy(scaled).dividedBy(1_000_000_000));
      }
      end = part.end();
      part.region(end, text.length());
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException(
          "write a time span with a unit, such as 500ms, 30s, 5m or 1h30m");
    }
    return sum;
  }

  /// The form [#parse] reads, such as `1m30s`. Finer than a millisecond is cut off.
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> throw new IllegalArgumentException("no unit of time: " + name);
    };
  }
}
