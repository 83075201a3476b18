package io.onex.integration;

import io.onex.delivery.http.BlockingHttpTransport;
import io.onex.delivery.http.HttpSettings;
import io.onex.delivery.http.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The transport that production uses.
public final class Transports {
  private Transports() {}

  public static HttpTransport plain() {
    try {
      return new BlockingHttpTransport(HttpSettings.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
