package io.onex.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How fast some counters grow: a mean over about ten seconds in which later ones weigh more.
///
/// One thread samples, any thread asks.
public final class RateMeter {
  private static final double WINDOW_SECONDS = 10;

  private final Map<String, Double> rates = new ConcurrentHashMap<>();
  private Map<String, Long> before = Map.of();
  private long beforeNanos;

  /// Takes the counters as they stand now; those that are missing are forgotten.
  public void sample(Map<String, Long> counters, long nowNanos) {
    double seconds = (nowNanos - beforeNanos) / (double) Duration.ofSeconds(1).toNanos();
    if (!before.isEmpty() && seconds > 0) {
      double weight = 1 - Math.exp(-seconds / WINDOW_SECONDS);
      counters.forEach((name, count) -> update(name, count, seconds, weight));
    }
    rates.keySet().retainAll(counters.keySet());
    before = new HashMap<>(counters);
    beforeNanos = nowNanos;
  }

  /// Growth per second; 0 for a counter that was never sampled twice.
  public double perSecond(String name) {
    return rates.getOrDefault(name, 0.0);
  }

  private void update(String name, long count, double seconds, double weight) {
    long last = before.getOrDefault(name, count);
    double now = Math.max(0, count - last) / seconds;
    // The first sample stands for itself, so that a status right after a start says something.
    rates.merge(name, now, (old, latest) -> old + weight * (latest - old));
  }
}
