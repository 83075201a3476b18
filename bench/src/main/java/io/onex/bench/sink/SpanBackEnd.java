package io.onex.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.bench.load.EventSeries;
import io.onex.bench.oracle.Spans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Takes Zipkin v2 spans and checks each against the series.
public final class SpanBackEnd implements BackEnd {
  private static final byte[] EMPTY = {};
  private static final int UUID_LENGTH = 36;

  private final ObjectMapper json = JsonMapper.builder().build();
  private final Spans spans;

  public SpanBackEnd(Spans spans) {
    this.spans = spans;
  }

  @Override
  public Reply answer(String method, String path, byte[] body, int length) throws IOException {
    if (!path.startsWith("/api/v2/spans")) {
      return new Reply(200, EMPTY);
    }
    for (JsonNode span : json.readTree(body, 0, length)) {
      take(span);
    }
    return new Reply(202, EMPTY);
  }

  private void take(JsonNode span) {
    byte[] correlation =
        span.at("/tags/correlation.id").asText().getBytes(StandardCharsets.US_ASCII);
    long operation =
        correlation.length == UUID_LENGTH ? EventSeries.sequenceOfId(correlation, 0) : -1;
    if (operation < 0) {
      spans.findings().add("a span without a correlation id of the series: " + span);
      return;
    }
    long end = operation * 2 + 1;
    spans.received(
        operation,
        Long.parseUnsignedLong(span.path("id").asText(), 16),
        span.path("duration").asLong(),
        Math.round(EventSeries.durationMillis(end) * 1000),
        span.path("tags").has("error"),
        EventSeries.isFailure(end));
  }
}
