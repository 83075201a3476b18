package io.onex.http;

import io.helidon.webserver.http.ServerRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what people write in query parameters and request bodies.
public final class Query {
  private static final Pattern AGE = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Query() {}

  /// The value of a query parameter; empty when it is absent or empty.
  public static Optional<String> text(ServerRequest request, String name) {
    return request.query().contains(name)
        ? Optional.of(request.query().get(name)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /// A number of a query parameter.
  ///
  /// @throws ProblemException when it is none or not within `least` and `most`
  public static long number(
      ServerRequest request, String name, long otherwise, long least, long most) {
    Optional<String> text = text(request, name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().matches("\\d{1,18}")) {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw Problem.badRequest(
            name + " is not a number from " + least + " to " + most, "leave it out for the default")
        .asException();
  }

  /// A point in time: RFC 3339, or an age such as `2h`.
  ///
  /// @return microseconds since the epoch
  /// @throws ProblemException when it is neither
  public static long time(String name, String text, long nowMicros) {
    Matcher age = AGE.matcher(text);
    if (age.matches()) {
      long number = Long.parseLong(age.group(1));
      Duration before =
          switch (age.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      return nowMicros - before.toNanos() / 1000;
    }
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    } catch (DateTimeException e) {
      throw Problem.badRequest(
              name + " is not a time",
              "use RFC 3339 such as 2026-11-22T12:00:00Z, or an age such as 90s, 15m, 2h, 7d")
          .asException();
    }
  }
}
