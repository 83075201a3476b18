package io.onex.source.http;

import io.onex.http.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a client wants its answer: `X-Onex-Ack` and `X-Onex-Ack-Timeout`.
///
/// @param when what has to be true before the answer
/// @param timeout longest wait beyond durability
record AckRequest(When when, Duration timeout) {
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(ms|s)?");
  private static final String DELIVERED = "delivered";

  /// What has to be true before the answer.
  sealed interface When {
    /// The records survive a power cut.
    record Durable() implements When {}

    /// Every record has an outcome at every destination that asks for it.
    record DeliveredEverywhere() implements When {}

    /// Every record has an outcome at one destination.
    record DeliveredTo(String destination) implements When {}
  }

  /// @throws io.onex.http.ProblemException when a value means nothing
  static AckRequest parse(Optional<String> ack, Optional<String> timeout, AckTimeouts allowed) {
    return new AckRequest(
        ack.map(AckRequest::when).orElse(new When.Durable()),
        timeout.map(text -> wait(text, allowed.longest())).orElse(allowed.usual()));
  }

  private static When when(String text) {
    String value = text.strip();
    if (value.equals("durable")) {
      return new When.Durable();
    }
    if (value.equals(DELIVERED)) {
      return new When.DeliveredEverywhere();
    }
    if (value.startsWith(DELIVERED + ":") && value.length() > DELIVERED.length() + 1) {
      return new When.DeliveredTo(value.substring(DELIVERED.length() + 1));
    }
    throw Problem.badRequest(
            "X-Onex-Ack has an unknown value", "use durable, delivered or delivered:DESTINATION")
        .asException();
  }

  private static Duration wait(String text, Duration longest) {
    Matcher matcher = SECONDS.matcher(text.strip());
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration wait =
          "ms".equals(matcher.group(2)) ? Duration.ofMillis(number) : Duration.ofSeconds(number);
      if (wait.compareTo(longest) <= 0) {
        return wait;
      }
    }
    throw Problem.badRequest(
            "X-Onex-Ack-Timeout has an unusable value",
            "use a number of seconds or milliseconds, such as 10, 10s or 500ms; this gateway allows"
                + " up to "
                + longest.toMillis()
                + "ms")
        .asException();
  }
}
