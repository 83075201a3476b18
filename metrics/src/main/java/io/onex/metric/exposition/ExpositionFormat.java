package io.onex.metric.exposition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text format that scrapers read.
public enum ExpositionFormat {
  /// Prometheus text format 0.0.4, without exemplars.
  PROMETHEUS_TEXT("text/plain; version=0.0.4; charset=utf-8"),
  /// OpenMetrics 1.0.0, with exemplars.
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  ExpositionFormat(String contentType) {
    this.contentType = contentType;
  }

  /// Value of the header Content-Type.
  public String contentType() {
    return contentType;
  }

  /// The format that an Accept header (RFC 9110, section 12.5.1) prefers.
  ///
  /// Of two with the same weight the one named first is taken. A header that accepts neither, or is
  /// missing, gets the Prometheus format: every scraper reads it, and an error would help nobody.
  ///
  /// @param accept the header as sent, its fields joined by commas; empty when there is none
  public static ExpositionFormat negotiate(String accept) {
    ExpositionFormat best = PROMETHEUS_TEXT;
    double bestWeight = 0;
    for (MediaRange range : MediaRange.parse(accept)) {
      ExpositionFormat offered = offered(range);
      if (offered != null && range.weight() > bestWeight) {
        best = offered;
        bestWeight = range.weight();
      }
    }
    return best;
  }

  private static @Nullable ExpositionFormat offered(MediaRange range) {
    return switch (range.type()) {
      case "application/openmetrics-text" ->
          List.of("", "1.0.0").contains(range.version()) ? OPENMETRICS : null;
      case "text/plain" -> List.of("", "0.0.4").contains(range.version()) ? PROMETHEUS_TEXT : null;
      case "text/*", "*/*" -> PROMETHEUS_TEXT;
      default -> null;
    };
  }
}
