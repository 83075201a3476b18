package io.onex.delivery;

import io.onex.delivery.http.HttpTransport;
import io.onex.time.Clock;
import java.time.Duration;

/// What an integration may use besides its settings; made anew for each destination.
///
/// @param clock the program's clock
/// @param http made with the destination's TLS settings; belongs to the integration, which closes
///   it
/// @param timeout of one request, as the destination is configured
/// @param exposition the metrics about events
/// @param host name of the machine the gateway runs on, not empty
public record IntegrationServices(
    Clock clock, HttpTransport http, Duration timeout, ExpositionSource exposition, String host) {
  public IntegrationServices {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a timeout must be positive: " + timeout);
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host has a name");
    }
  }
}
