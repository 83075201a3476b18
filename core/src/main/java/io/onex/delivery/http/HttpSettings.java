package io.onex.delivery.http;

import io.onex.config.TlsConfig;
import java.time.Duration;

/// What a transport is made of.
///
/// @param tls used for `https` addresses only
/// @param connectTimeout longest time to set up a connection, TLS included
/// @param maxAnswerBytes longest answer body that is read; a longer one fails the exchange
/// @param userAgent sent when the call names none
public record HttpSettings(
    TlsConfig tls, Duration connectTimeout, int maxAnswerBytes, String userAgent) {
  /// Trust as the JDK does, 10 s to connect, answers of up to 8 MiB (a bulk answer names each
  /// item).
  public static final HttpSettings DEFAULT =
      new HttpSettings(TlsConfig.DEFAULT, Duration.ofSeconds(10), 8 << 20, "onex/0.1");

  public HttpSettings {
    if (!connectTimeout.isPositive()) {
      throw new IllegalArgumentException("a connect timeout must be positive: " + connectTimeout);
    }
    if (maxAnswerBytes < 0) {
      throw new IllegalArgumentException("an answer limit cannot be negative: " + maxAnswerBytes);
    }
  }

  public HttpSettings withTls(TlsConfig tls) {
    return new HttpSettings(tls, connectTimeout, maxAnswerBytes, userAgent);
  }
}
