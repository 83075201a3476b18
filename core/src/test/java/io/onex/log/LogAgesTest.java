package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.storage.PowerCutStorage;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Retention by age, with a wall clock that anybody sets to anything.
class LogAgesTest {
  private static final Duration AGE = Duration.ofDays(7);

  @Test
  void no_jump_of_the_clock_expires_a_record_and_what_has_run_its_time_goes() throws Exception {
    long seed = Long.getLong("onex.seed", new Random().nextLong());
    System.out.println("clock jumps and retention: seed " + seed);
    Random random = new Random(seed);
    LogConfig config = LogFixture.SMALL.withRetention(AGE, 1L << 40);
    for (int life = 0; life < 10; life++) {
      TwoClocks clock = new TwoClocks();
      PowerCutStorage disk = new PowerCutStorage();
      Duration ran = Duration.ZERO;
      long appended = 0;
      for (int start = 0; start < 4; start++) {
        try (SegmentedLog log = open(disk, config, clock)) {
          for (int step = 0; step < 6; step++) {
            RecordWriter batch = LogFixture.batch();
            for (int i = 0; i < 150; i++) {
              LogFixture.add(batch, "id-" + appended++, "some text for record " + appended);
            }
            log.append(batch);
            clock.jump(Duration.ofHours(random.nextLong(-8_784, 8_785)));
            log.enforceRetention();
            assertThat(log.start()).as("ran %s, age %s", ran, AGE).isEqualTo(Position.START);
            Duration passes = Duration.ofMinutes(random.nextLong(6 * 60));
            clock.pass(passes);
            ran = ran.plus(passes);
          }
        }
        clock.jump(Duration.ofHours(random.nextLong(-8_784, 8_785)));
        clock.restart(random);
        if (random.nextBoolean()) {
          disk = disk.cut(random.nextLong());
        }
      }
      try (SegmentedLog log = open(disk, config, clock)) {
        clock.pass(AGE.plusHours(2));
        LogFixture.append(log, "last", "x");
        log.enforceRetention();
        assertThat(log.start().offset()).as("all but the open segment is old").isPositive();
      }
    }
  }

  @Test
  void what_was_known_survives_a_stop_and_a_file_that_is_damaged_keeps_records_longer()
      throws Exception {
    TwoClocks clock = new TwoClocks();
    PowerCutStorage disk = new PowerCutStorage();
    LogAges ages = LogAges.open(disk, "log", AGE, clock);
    ages.reached(100);
    clock.pass(Duration.ofDays(3));
    ages.reached(200);
    ages.write(0);
    assertThat(ages.olderThan(Duration.ofDays(2))).isEqualTo(100);

    clock.restart(new Random(1));
    LogAges later = LogAges.open(disk, "log", AGE, clock);
    clock.pass(Duration.ofDays(4));
    later.reached(300);
    assertThat(later.olderThan(AGE)).isEqualTo(100);
    assertThat(later.ageMicros(150)).isEqualTo(Duration.ofDays(4).toNanos() / 1_000);

    byte[] good = disk.content("log/ages");
    for (int i = 0; i < good.length; i++) {
      for (byte[] bad : List.of(flipped(good, i), Arrays.copyOf(good, i))) {
        disk.damage("log/ages", bad);
        LogAges none = LogAges.open(disk, "log", AGE, clock);
        none.reached(300);
        assertThat(none.olderThan(Duration.ofMillis(1))).isZero();
      }
    }
  }

  private static byte[] flipped(byte[] good, int at) {
    byte[] bad = good.clone();
    bad[at] ^= 0x10;
    return bad;
  }

  private static SegmentedLog open(PowerCutStorage disk, LogConfig config, Clock clock)
      throws Exception {
    return SegmentedLog.open(SegmentedLog.Setup.of(disk, config, clock));
  }
}
