package io.onex.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known about an event besides its bytes: the record of a message bus that carried it.
///
/// The body is believed first; the carrier only fills what the body leaves open, as publishers put
/// fresh ids into headers (onex-facts b2).
///
/// @param topic where the record stood, null when it came otherwise
/// @param timeMicros the record's own time in microseconds since 1970, [#NO_TIME] for none
/// @param headers names in lower case with underscores
public record Carrier(@Nullable Topic topic, long timeMicros, Map<String, String> headers) {
  /// Stands for "no time".
  public static final long NO_TIME = Long.MIN_VALUE;

  /// Nothing is known.
  public static final Carrier NONE = new Carrier(null, NO_TIME, Map.of());

  public Carrier {
    headers = Map.copyOf(headers);
  }
}
