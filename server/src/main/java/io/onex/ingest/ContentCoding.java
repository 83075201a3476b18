package io.onex.ingest;

import java.util.Locale;
import java.util.Optional;

/// How a body is compressed (RFC 9110 section 8.4.1, RFC 8878 for zstd).
public enum ContentCoding {
  IDENTITY,
  GZIP,
  DEFLATE,
  ZSTD;

  /// The coding with this name of a `Content-Encoding` header; empty when there is none such.
  public static Optional<ContentCoding> named(String name) {
    if (name.isEmpty()) {
      return Optional.of(IDENTITY);
    }
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> Optional.of(IDENTITY);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      case "deflate" -> Optional.of(DEFLATE);
      case "zstd" -> Optional.of(ZSTD);
      default -> Optional.empty();
    };
  }
}
