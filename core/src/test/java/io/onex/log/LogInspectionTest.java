package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.segment.SegmentProblem;
import io.onex.storage.PowerCutStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogInspectionTest {
  private static PowerCutStorage filled() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    try (SegmentedLog log = LogFixture.open(disk)) {
      for (int i = 0; i < 20; i++) {
        LogFixture.append(log, "id-" + i, "body " + i);
      }
    }
    return disk;
  }

  @Test
  void a_sound_log_is_counted_and_left_as_it_is() throws Exception {
    PowerCutStorage disk = filled();
    List<String> files = disk.list("log");

    try (LogInspection inspection = LogInspection.open(disk, LogFixture.SMALL)) {
      LogInspection.Report report = inspection.verify();

      assertThat(report.records()).isEqualTo(20);
      assertThat(report.blocks())
          .isEqualTo(inspection.blocks(inspection.segments().getFirst()).size());
      assertThat(report.end()).isEqualTo(new Position(0, 20));
      assertThat(report.problems()).isEmpty();
    }
    assertThat(disk.list("log")).isEqualTo(files);
  }

  @Test
  void records_are_shown_from_a_position_until_enough() throws Exception {
    List<String> shown = new ArrayList<>();
    try (LogInspection inspection = LogInspection.open(filled(), LogFixture.SMALL)) {
      inspection.records(
          new Position(0, 5),
          record -> {
            shown.add(record.eventId().utf8());
            return shown.size() < 3;
          });
    }
    assertThat(shown).containsExactly("id-5", "id-6", "id-7");
  }

  @Test
  void damage_is_named_and_not_repaired() throws Exception {
    PowerCutStorage disk = filled();
    String segment =
        "log/" + disk.list("log").stream().filter(n -> n.endsWith(".segment")).findFirst().get();
    byte[] damaged = disk.content(segment);
    damaged[64 + 64 + 70] ^= 1;
    disk.damage(segment, damaged);

    try (LogInspection inspection = LogInspection.open(disk, LogFixture.SMALL)) {
      LogInspection.Report report = inspection.verify();

      assertThat(report.records() + report.positionsLost()).isEqualTo(20);
      assertThat(report.problems())
          .singleElement()
          .extracting(SegmentProblem::message)
          .asString()
          .startsWith(segment + " at byte 64")
          .contains("lost: positions 0 to");
    }
    assertThat(disk.content(segment)).isEqualTo(damaged);
  }
}
