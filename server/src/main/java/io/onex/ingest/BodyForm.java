package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.event.BatchFormat;
import io.onex.log.SourceKind;
import java.util.Locale;
import java.util.Optional;

/// How the events of a body are put together, as its media type says.
public enum BodyForm {
  /// JSON of any arrangement: one object, an array of them, or one per line.
  JSON(SourceKind.HTTP) {
    @Override
    BatchFormat format(Slice body) {
      return BatchFormat.of(body.array(), body.offset(), body.end());
    }
  },
  /// One object per line.
  LINES(SourceKind.HTTP) {
    @Override
    BatchFormat format(Slice body) {
      return BatchFormat.LINES;
    }
  },
  /// Lines of a file.
  FILE_LINES(SourceKind.FILE) {
    @Override
    BatchFormat format(Slice body) {
      return BatchFormat.LINES;
    }
  },
  /// One CloudEvent in structured mode (CloudEvents 1.0, JSON format, section 3).
  CLOUD_EVENT(SourceKind.CLOUDEVENTS) {
    @Override
    BatchFormat format(Slice body) {
      return BatchFormat.SINGLE;
    }
  },
  /// An array of CloudEvents (CloudEvents 1.0, JSON format, section 4).
  CLOUD_EVENTS(SourceKind.CLOUDEVENTS) {
    @Override
    BatchFormat format(Slice body) {
      return BatchFormat.ARRAY;
    }
  };

  private final SourceKind source;

  BodyForm(SourceKind source) {
    this.source = source;
  }

  /// What records from such a body say about where they came from.
  public SourceKind source() {
    return source;
  }

  abstract BatchFormat format(Slice body);

  /// The form for the value of a `Content-Type` header; empty when it is none that holds events, or
  /// names a charset other than UTF-8.
  public static Optional<BodyForm> ofContentType(String contentType) {
    if (contentType.equals("application/json")) {
      return Optional.of(JSON);
    }
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
      case "", "application/json", "text/json", "application/octet-stream" -> Optional.of(JSON);
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "text/plain" ->
          Optional.of(LINES);
      case "application/cloudevents+json" -> Optional.of(CLOUD_EVENT);
      case "application/cloudevents-batch+json" -> Optional.of(CLOUD_EVENTS);
      default -> Optional.empty();
    };
  }
}
