package io.onex.ingest;

import io.onex.log.SourceKind;
import java.util.Locale;
import java.util.Optional;

/// How the events of a body are put together, as its media type says.
public enum BodyForm {
  /// One object, or an array of objects.
  JSON(SourceKind.HTTP),
  /// One object per line.
  LINES(SourceKind.HTTP),
  /// Not said: an array when it begins as one, lines otherwise.
  UNSAID(SourceKind.HTTP),
  /// One CloudEvent in structured mode (CloudEvents 1.0, JSON format, section 3).
  CLOUD_EVENT(SourceKind.CLOUDEVENTS),
  /// An array of CloudEvents (CloudEvents 1.0, JSON format, section 4).
  CLOUD_EVENTS(SourceKind.CLOUDEVENTS);

  private final SourceKind source;

  BodyForm(SourceKind source) {
    this.source = source;
  }

  /// What records from such a body say about where they came from.
  public SourceKind source() {
    return source;
  }

  /// The form for the value of a `Content-Type` header; empty when it is none that holds events, or
  /// names a charset other than UTF-8.
  public static Optional<BodyForm> ofContentType(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replace("\"", "").strip();
      if (parameter.startsWith("charset=")
          && !parameter.equals("charset=utf-8")
          && !parameter.equals("charset=us-ascii")) {
        return Optional.empty();
      }
    }
    return switch (parts[0].strip()) {
      case "application/json", "text/json" -> Optional.of(JSON);
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/json-lines",
          "text/plain" ->
          Optional.of(LINES);
      case "application/cloudevents+json" -> Optional.of(CLOUD_EVENT);
      case "application/cloudevents-batch+json" -> Optional.of(CLOUD_EVENTS);
      case "", "application/octet-stream" -> Optional.of(UNSAID);
      default -> Optional.empty();
    };
  }
}
