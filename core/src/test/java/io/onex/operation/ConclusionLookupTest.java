package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.bytes.Slice;
import io.onex.log.LogFixture;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordWriter;
import io.onex.log.SegmentedLog;
import io.onex.storage.PowerCutStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// In a log, an END leads to the record that concluded its operation, whatever its id looks like.
class ConclusionLookupTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] PIECES = {
    "a",
    "0190b3a2-7c1e-7000-8000-00000000abcd",
    "\"",
    "\\",
    "/",
    "\b\f\n\r\t",
    "\u0000\u001f",
    "\u007f\u0085",
    "ä",
    "€\u2028",
    "𝄞",
    " ",
    "%2F",
    "\\u0041",
    "\ufffd"
  };

  @Test
  void every_id_of_an_end_leads_to_its_conclusion() throws Exception {
    long seed = Long.getLong("onex.seed", 8_420);
    System.out.println("ids of ENDs: seed " + seed);
    Random random = new Random(seed);
    List<String> ids = ids(random);
    FoldRun run = FoldRun.withDefaults();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      // Every other one without START, and some with a flag that is written behind the id.
      if (random.nextBoolean()) {
        run.take(event("NODE_START", "start " + i, random.nextInt(3), id));
      }
      run.take(event("NODE_FAILURE", id, 1, id));
    }
    run.tick("2026-11-22T12:00:00");

    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      RecordWriter all = LogFixture.batch();
      run.records().forEach(record -> all.copy(record.frame()));
      log.append(all);
      for (Record record : run.records()) {
        String end = FoldRun.json(record).path("end_event_id").asText();
        assertThat(log.findCausedBy(Slice.utf8(end)))
            .as("seed %d: %s", seed, end)
            .contains(log.find(record.eventId()).orElseThrow());
      }
      assertThat(run.bodies())
          .anyMatch(body -> body.has("clock_corrected"))
          .anyMatch(body -> !body.has("start_event_id"));
      for (String id : ids) {
        assertThat(log.findCausedBy(Slice.utf8(id))).as("seed %d: %s", seed, id).isPresent();
      }
    }
  }

  @Test
  void what_is_stuck_has_no_end_that_leads_to_it() throws Exception {
    FoldRun run = FoldRun.withDefaults();
    run.take(event("NODE_START", "s", 0, "c")).tick("2026-11-22T12:00:00");
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      RecordWriter all = LogFixture.batch();
      run.records().forEach(record -> all.copy(record.frame()));
      log.append(all);

      assertThat(log.durableEnd()).isEqualTo(new Position(0, 1));
      assertThat(log.findCausedBy(Slice.utf8("s"))).isEmpty();
      assertThat(log.findCausedBy(Slice.EMPTY)).isEmpty();
    }
  }

  private static List<String> ids(Random random) {
    List<String> ids = new ArrayList<>(List.of("\\".repeat(256), "\u0001".repeat(256), "\""));
    for (int i = 0; i < 300; i++) {
      StringBuilder id = new StringBuilder("e" + i);
      int pieces = random.nextInt(60);
      for (int j = 0; j < pieces; j++) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        if ((id + piece).getBytes(StandardCharsets.UTF_8).length <= 250) {
          id.append(piece);
        }
      }
      ids.add(id.toString());
    }
    return ids;
  }

  private static String event(String type, String id, int second, String correlation)
      throws JsonProcessingException {
    ObjectNode event = JSON.createObjectNode();
    event.put("event_id", id).put("event_type", type).put("node_id", "stamper_node");
    event.put("timestamp", "2026-11-22T09:44:0" + second);
    event.put("correlation_id", correlation);
    event.putObject("metadata").put("error", id);
    return JSON.writeValueAsString(event);
  }
}
