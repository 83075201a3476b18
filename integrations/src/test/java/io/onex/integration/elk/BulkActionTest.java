package io.onex.integration.elk;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import org.junit.jupiter.api.Test;

class BulkActionTest {
  private final BulkAction action = new BulkAction("onex");

  @Test
  void the_day_of_an_index_has_dots() {
    assertThat(line(false, 0, "a"))
        .isEqualTo("{\"create\":{\"_index\":\"onex-events-1970.01.01\",\"_id\":\"a\"}}\n");
  }

  @Test
  void each_day_and_the_logs_have_an_index_of_their_own() {
    assertThat(line(false, 1, "a")).contains("\"onex-events-1970.01.02\"");
    assertThat(line(true, 0, "a")).contains("\"onex-logs-1970.01.01\"");
    assertThat(line(false, 0, "a")).contains("\"onex-events-1970.01.01\"");
  }

  @Test
  void an_id_is_escaped_and_nothing_stands_before_the_next_line() {
    JsonWriter json = new JsonWriter(64);
    action.write(json, false, 0, Slice.utf8("q\"\\"));
    action.write(json, false, 0, Slice.utf8("b"));

    assertThat(json.written().utf8())
        .contains("\"_id\":\"q\\\"\\\\\"}}\n{\"create\"")
        .endsWith("\"_id\":\"b\"}}\n");
  }

  private String line(boolean log, long epochDay, String id) {
    JsonWriter json = new JsonWriter(64);
    action.write(json, log, epochDay, Slice.utf8(id));
    return json.written().utf8();
  }
}
