package io.onex.log.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class WorkMarkTest {
  private static final String PATH = "checkpoints/work-mark";

  private final PowerCutStorage disk = new PowerCutStorage();

  @Test
  void a_life_that_ended_while_nothing_was_in_work_makes_nothing_suspect() throws IOException {
    open().batch("tally", 3, 9);
    WorkMark next = open();
    assertThat(next.hasSuspects()).isTrue();
    next.batch("tally", 3, 9);
    next.idle();

    assertThat(open().hasSuspects()).isFalse();
  }

  @Test
  void a_life_that_ended_within_a_batch_makes_all_of_it_suspect_and_nothing_else()
      throws IOException {
    open().batch("tally", 3, 9);

    WorkMark next = open();
    assertThat(next.isSuspect("tally", 2)).isFalse();
    assertThat(next.isSuspect("tally", 3)).isTrue();
    assertThat(next.isSuspect("tally", 8)).isTrue();
    assertThat(next.isSuspect("tally", 9)).isFalse();
    assertThat(next.isSuspect("rules", 3)).isFalse();
    assertThat(next.isPassedOver("tally", 3)).isFalse();
  }

  @Test
  void a_record_at_which_two_lives_in_a_row_ended_is_passed_over_for_good() throws IOException {
    open().batch("tally", 3, 9);
    open().record("tally", 5);
    WorkMark second = open();
    assertThat(second.isPassedOver("tally", 5)).isFalse();
    assertThat(second.isSuspect("tally", 5)).isTrue();
    assertThat(second.isSuspect("tally", 8)).as("there may be another behind it").isTrue();
    second.record("tally", 5);

    WorkMark third = open();
    assertThat(third.isPassedOver("tally", 5)).isTrue();
    assertThat(third.isPassedOver("rules", 5)).isFalse();
    third.idle();
    assertThat(open().isPassedOver("tally", 5)).isTrue();
  }

  @Test
  void two_ends_at_one_record_with_another_life_between_are_no_two_in_a_row() throws IOException {
    open().record("tally", 5);
    open().record("tally", 6);
    open().record("tally", 5);
    assertThat(open().isPassedOver("tally", 5)).isFalse();
    open().record("tally", 5);
    open().idle();
    open().record("tally", 5);

    assertThat(open().isPassedOver("tally", 5)).isFalse();
  }

  @Test
  void no_more_are_remembered_than_fit() throws IOException {
    for (int i = 0; i < 100; i++) {
      open().record("event-metrics", i);
      open().record("event-metrics", i);
    }
    WorkMark last = open();

    assertThat(last.isPassedOver("event-metrics", 99)).isTrue();
    assertThat(last.isPassedOver("event-metrics", 99 - WorkNote.MOST_PASSED_OVER)).isFalse();
  }

  @Test
  void after_a_power_cut_nothing_is_believed_that_was_not_written() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      PowerCutStorage power = new PowerCutStorage();
      WorkMark.open(power, PATH).record("tally", 5);
      WorkMark.open(power, PATH).record("tally", 5);
      // The third life knows record 5 for good: it is forced before anything else is done.
      WorkMark third = WorkMark.open(power, PATH);
      power.failAfter(random.nextInt(12));
      for (int i = random.nextInt(20); i > 0; i--) {
        third.batch("tally", 10L * i, 10L * i + 10);
        third.idle();
      }

      WorkMark after = WorkMark.open(power.cut(seed), PATH);

      for (long offset = 0; offset < 220; offset++) {
        assertThat(after.isPassedOver("tally", offset))
            .as("seed %s, offset %s", seed, offset)
            .isEqualTo(offset == 5 && after.hasSuspects());
        // The machine ended, and no record is to blame for that.
        assertThat(after.isSuspect("tally", offset)).as("seed %s", seed).isFalse();
      }
    }
  }

  @Test
  void damage_and_a_disk_that_fails_cost_the_protection_and_nothing_else() throws IOException {
    open().record("tally", 5);
    byte[] whole = disk.content(PATH);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      disk.damage(PATH, flipped);
      assertThat(open().isPassedOver("tally", 5)).isFalse();
      disk.damage(PATH, java.util.Arrays.copyOf(whole, at));
      assertThat(open().isPassedOver("tally", 5)).isFalse();
    }

    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE));
    WorkMark mark = WorkMark.open(faulty, PATH);
    mark.batch("tally", 1, 2);
    mark.close();
  }

  @Test
  void the_bytes_are_those_of_the_format_page() throws IOException {
    open().batch("tally", 3, 9);

    ByteBuffer in = ByteBuffer.wrap(disk.content(PATH)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[4];
    in.get(magic);
    assertThat(magic).isEqualTo("OXW1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    int checksum = in.getInt();
    int length = in.getInt();
    CRC32C crc = new CRC32C();
    crc.update(in.array(), 8, length - 8);
    assertThat((int) crc.getValue()).isEqualTo(checksum);
    assertThat(in.get()).as("batch").isEqualTo((byte) 1);
    assertThat(in.get()).as("passed over").isZero();
    assertThat(in.getShort()).isZero();
    byte[] boot = new byte[in.getShort()];
    in.get(boot);
    assertThat(new String(boot, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("boot-0");
    assertThat(in.getLong()).isEqualTo(3);
    assertThat(in.getLong()).isEqualTo(9);
    byte[] name = new byte[in.getShort()];
    in.get(name);
    assertThat(new String(name, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("tally");
    for (int stretch = 0; stretch < 2; stretch++) {
      assertThat(in.getLong()).isZero();
      assertThat(in.getLong()).isZero();
      assertThat(in.getShort()).isZero();
    }
    assertThat(in.position()).isEqualTo(length);
  }

  private WorkMark open() {
    return WorkMark.open(disk, PATH);
  }
}
