package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.log.Record;
import io.onex.log.fold.SnapshotWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A restart at any moment must not be visible in what is concluded.
class OperationRestartTest {
  private static final OperationSettings TIGHT =
      new OperationSettings(
          Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(3), 40, 10);
  private static final String[] TYPES = {
    "NODE_START",
    "NODE_START",
    "NODE_SUCCESS",
    "NODE_FAILURE",
    "TELEMETRY_OPERATION_START",
    "TELEMETRY_OPERATION_START",
    "TELEMETRY_OPERATION_SUCCESS",
    "TELEMETRY_OPERATION_ERROR",
    "NODE_HEARTBEAT"
  };
  private static final String[] CORRELATIONS = {
    "null", "\"demo-session-42\"", "\"74174996-e229-4d60-ba6a-bbbc21a4b520\"", "\"c2\""
  };
  private static final String[] OPERATIONS = {
    "{}",
    "{\"operation\":\"stamp_file\",\"execution_time_ms\":12.5}",
    "{\"operation\":\"tree\",\"error\":\"no such file\",\"error_code\":\"E001\"}",
    "{\"operation_type\":\"stamp\",\"output_state\":{\"status\":\"error\",\"message\":\"m\"}}"
  };

  @RepeatedTest(20)
  void a_fold_restored_at_random_points_concludes_the_same(RepetitionInfo repetition) {
    long seed = 4711L * repetition.getCurrentRepetition();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Record> records = records(random, 600);

    FoldRun undisturbed = new FoldRun(TIGHT);
    FoldRun restarted = new FoldRun(TIGHT);
    for (Record record : records) {
      undisturbed.take(record);
      restarted.take(record);
      if (random.nextInt(10) == 0) {
        restarted.restart();
      }
      assertThat(restarted.fold().running()).isEqualTo(undisturbed.fold().running());
      assertThat(restarted.fold().stuck()).isEqualTo(undisturbed.fold().stuck());
    }
    undisturbed.tick("2026-11-22T12:00:00");
    restarted.tick("2026-11-22T12:00:00");

    assertThat(restarted.bodies()).isEqualTo(undisturbed.bodies());
    assertThat(restarted.fold().counts()).isEqualTo(undisturbed.fold().counts());
    assertThat(undisturbed.fold().counts().stuck()).isPositive();
    assertThat(undisturbed.fold().counts().evicted()).isPositive();
    assertThat(undisturbed.fold().counts().endWithoutStart()).isPositive();
    assertThat(restarted.fold().snapshot()).isEqualTo(undisturbed.fold().snapshot());
  }

  @Test
  void folding_again_from_an_old_checkpoint_concludes_the_same_records() {
    Random random = new Random(7);
    List<Record> records = records(random, 400);
    FoldRun run = new FoldRun(TIGHT);
    records.subList(0, 200).forEach(run::take);
    Slice checkpoint = run.fold().snapshot();
    int before = run.records().size();
    records.subList(200, 400).forEach(run::take);

    FoldRun again = new FoldRun(TIGHT);
    again.fold().restore(checkpoint);
    records.subList(200, 400).forEach(again::take);

    assertThat(again.records())
        .extracting(Record::eventId)
        .isNotEmpty()
        .isEqualTo(
            run.records().subList(before, run.records().size()).stream()
                .map(Record::eventId)
                .toList());
  }

  @Test
  void a_damaged_snapshot_is_refused_or_read_but_never_breaks_the_fold() {
    FoldRun run = new FoldRun(TIGHT);
    records(new Random(3), 200).forEach(run::take);
    byte[] good = run.fold().snapshot().toByteArray();
    int refused = 0;
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x41;
      FoldRun other = new FoldRun(TIGHT);
      try {
        other.fold().restore(Slice.of(bad));
        other.tick("2026-11-22T12:00:00");
      } catch (IllegalArgumentException damaged) {
        refused++;
      }
    }
    // A flipped letter of a name cannot be told; the checkpoint's own checksum is for that.
    assertThat(refused).isPositive();
    assertThatThrownBy(() -> new FoldRun(TIGHT).fold().restore(Slice.of(good).part(0, 50)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void operations_of_older_snapshots_are_read(int version) {
    long at = Events.micros("2026-11-22T09:00:00");
    SnapshotWriter out = new SnapshotWriter("ONOP", version);
    out.signed(at);
    for (int count = 0; count < 7; count++) {
      out.unsigned(0);
    }
    out.unsigned(2).text("").text("n");
    if (version >= 3) {
      out.unsigned(2).unsigned(1).text("jaeger").unsigned(2).text("jaeger").text("zipkin");
    }
    out.unsigned(1);
    header(out, version).text("open").bool(false);
    out.signed(at).signed(at).signed(at).text("s");
    to(out, version, 1).fixed(0).bool(false).unsigned(0).unsigned(0);
    out.unsigned(1).unsigned(0).bool(true);
    symbols(out, version).text("held").bool(false);
    out.signed(at).signed(at).signed(-1).unsigned(DurationSource.NONE.code()).bool(false);
    out.bool(false).text("e1");
    to(out, version, 2).signed(at).fixed(0);
    FoldRun run = FoldRun.withDefaults();

    run.fold().restore(out.toSlice());
    run.take(
        """
        {"event_id":"e2","timestamp":"2026-11-22T09:00:01","node_id":"n","event_type":"NODE_FAILURE","correlation_id":"open"}\
        """);
    run.tick("2026-11-22T09:00:30");

    assertThat(run.bodies()).hasSize(2);
    assertThat(run.bodies().get(0).get("start_event_id").asText()).isEqualTo("s");
    assertThat(run.bodies().get(0).path("spans_to").toString())
        .isEqualTo(version >= 3 ? "[\"jaeger\"]" : "");
    assertThat(run.bodies().get(1).path("spans_to").toString())
        .isEqualTo(version >= 3 ? "[\"jaeger\",\"zipkin\"]" : "");
  }

  private static SnapshotWriter header(SnapshotWriter out, int version) {
    return symbols(out.unsigned(0), version);
  }

  /// Node, operation in the key, operation to show, function, version.
  private static SnapshotWriter symbols(SnapshotWriter out, int version) {
    if (version >= 2) {
      out.bool(false);
    }
    return out.unsigned(1).unsigned(0).unsigned(0).unsigned(0).unsigned(0);
  }

  private static SnapshotWriter to(SnapshotWriter out, int version, int set) {
    return version >= 3 ? out.unsigned(set) : out;
  }

  private static List<Record> records(Random random, int count) {
    List<Record> records = new ArrayList<>();
    long ingest = Events.micros("2026-11-22T09:00:00");
    for (int i = 0; i < count; i++) {
      ingest += random.nextInt(400_000);
      String json =
          """
          {"event_id":"e-%d","timestamp":"2026-11-22T09:00:%02d.%06d","node_id":"node-%d:1.0.0",\
          "event_type":"%s","correlation_id":%s,"metadata":%s}\
          """
              .formatted(
                  i,
                  random.nextInt(60),
                  random.nextInt(1_000_000),
                  random.nextInt(3),
                  TYPES[random.nextInt(TYPES.length)],
                  CORRELATIONS[random.nextInt(CORRELATIONS.length)],
                  OPERATIONS[random.nextInt(OPERATIONS.length)]);
      records.add(Events.record(json, ingest));
    }
    return records;
  }
}
