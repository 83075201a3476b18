package io.onex.integration.zipkin;

import io.onex.delivery.http.BaseUrl;
import java.time.Duration;

/// What `kind: zipkin` is told.
///
/// @param url of the server; the path of the API is added
/// @param timeout of one request
record ZipkinSettings(BaseUrl url, Duration timeout) {
  ZipkinSettings {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive");
    }
  }
}
