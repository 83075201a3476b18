package io.onex.integration.prometheus;

import io.onex.delivery.http.BaseUrl;
import java.time.Duration;
import java.util.Optional;

/// What `kind: prometheus` is told, apart from credentials.
///
/// @param endpoint the Prometheus that scrapes the gateway; only asked whether it is there
/// @param pushGateway takes the exposition; without it nothing is sent
/// @param job value of the label `job` of the pushed group, not empty
/// @param instance value of the label `instance`
/// @param interval least time between two pushes
/// @param timeout of one request
record PrometheusSettings(
    Optional<BaseUrl> endpoint,
    Optional<BaseUrl> pushGateway,
    String job,
    String instance,
    Duration interval,
    Duration timeout) {
  PrometheusSettings {
    if (job.isEmpty()) {
      throw new IllegalArgumentException("job must not be empty");
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("push_interval must not be negative");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive");
    }
  }
}
