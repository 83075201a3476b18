package io.onex.delivery.http;

import io.onex.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The `Retry-After` header (RFC 9110, section 10.2.3).
public final class RetryAfter {
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /// How long the header asks to wait from now; zero for a date that has passed, empty when it is
  /// neither seconds nor one of the three HTTP dates.
  ///
  /// @param clock read only when the header holds a date
  public static Optional<Duration> parse(String header, Clock clock) {
    String text = header.trim();
    if (!text.isEmpty() && text.length() <= 10 && text.chars().allMatch(RetryAfter::isDigit)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    for (DateTimeFormatter format : DATES) {
      try {
        Instant then = format.parse(text, Instant::from);
        Duration wait =
            Duration.between(Instant.EPOCH.plus(clock.wallMicros(), ChronoUnit.MICROS), then);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
      } catch (DateTimeException notThisForm) {
        // The next form may fit.
      }
    }
    return Optional.empty();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
