package io.onex.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import io.onex.bench.load.EventSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventSeriesTest {
  private final EventSeries series = new EventSeries(7);

  private byte[] event(long sequence) {
    byte[] bytes = new byte[EventSeries.MAX_BYTES];
    return Arrays.copyOf(bytes, series.render(sequence, bytes, 0));
  }

  private JsonNode json(long sequence) throws IOException {
    return JsonMapper.builder().build().readTree(event(sequence));
  }

  @Test
  void every_event_is_json_that_names_its_sequence_number() throws IOException {
    for (long n : new long[] {0, 1, 98, 99, 4095, 4096, 123_456_789}) {
      JsonNode event = json(n);
      byte[] id = event.path("event_id").asText().getBytes(StandardCharsets.US_ASCII);

      assertThat(event.at("/metadata/seq").asLong()).isEqualTo(100_000_000_000L + n);
      assertThat(EventSeries.sequenceOfId(id, 0)).isEqualTo(n);
      assertThat(UUID.fromString(event.path("event_id").asText()).version()).isEqualTo(4);
      assertThat(event.at("/metadata/execution_time_ms").asDouble())
          .isEqualTo(EventSeries.durationMillis(n));
    }
  }

  @Test
  void a_start_and_its_end_share_node_and_correlation_id() throws IOException {
    JsonNode start = json(98);
    JsonNode end = json(99);

    assertThat(start.path("event_type").asText()).isEqualTo("NODE_START");
    assertThat(end.path("event_type").asText()).isEqualTo("NODE_FAILURE");
    assertThat(json(1).path("event_type").asText()).isEqualTo("NODE_SUCCESS");
    assertThat(end.path("correlation_id")).isEqualTo(start.path("correlation_id"));
    assertThat(end.path("node_id")).isEqualTo(start.path("node_id"));
    assertThat(json(100).path("correlation_id")).isNotEqualTo(start.path("correlation_id"));
  }

  @Test
  void events_are_distinct_493_bytes_on_average_and_hard_to_compress() {
    int events = 20_000;
    byte[] all = new byte[events * EventSeries.MAX_BYTES];
    int end = 0;
    Set<String> ids = new HashSet<>();
    for (int n = 0; n < events; n++) {
      int start = end;
      end = series.render(n, all, end);
      ids.add(new String(all, start + 13, 36, StandardCharsets.US_ASCII));
    }
    byte[] compressed = Zstd.compress(Arrays.copyOf(all, end), 1);

    assertThat(ids).hasSize(events);
    assertThat((double) end / events).isBetween(483.0, 503.0);
    assertThat((double) end / compressed.length).isLessThan(6.0);
  }
}
