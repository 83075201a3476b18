package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.segment.Checksum;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentProblems;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.FileStorage;
import io.onex.storage.LittleEndian;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The secret is made once, kept over everything, and never the reason why a folder does not open.
class FolderSecretTest {
  private final List<SegmentProblem> problems = new ArrayList<>();

  private IdSeeds open(Storage storage, long seed) throws IOException {
    return FolderSecret.open(storage, new Random(seed), new SegmentProblems(problems::add));
  }

  @Test
  void it_is_made_once_for_its_owner_alone(@TempDir Path folder) throws Exception {
    try (FileStorage storage = FileStorage.open(folder)) {
      IdSeeds made = open(storage, 1);

      assertThat(open(storage, 2)).isEqualTo(made);
      assertThat(open(new PowerCutStorage(), 2)).isNotEqualTo(made);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("secret"))))
          .isEqualTo("rw-------");
      assertThat(Files.size(folder.resolve("secret"))).isEqualTo(FolderSecret.BYTES);
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void no_cut_while_it_is_made_leaves_a_part_of_it() throws Exception {
    for (int operations = 0; operations < 12; operations++) {
      for (int seed = 0; seed < 20; seed++) {
        PowerCutStorage disk = new PowerCutStorage();
        disk.failAfter(operations);
        IdSeeds made = null;
        try {
          IdSeeds opened = open(disk, seed);
          disk.openForReading("secret").close();
          made = opened;
        } catch (IOException powerIsOff) {
          assertThat(made).as("one that was made while there was power").isNull();
        }
        PowerCutStorage survivor = disk.cut(seed);
        IdSeeds after = open(survivor, seed + 1_000);

        if (made != null) {
          assertThat(after).as("cut after %d operations", operations).isEqualTo(made);
        }
        assertThat(open(survivor, 5_000)).isEqualTo(after);
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void without_room_a_start_has_one_that_is_not_kept() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    FaultyStorage full = new FaultyStorage(disk);
    full.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE));

    IdSeeds first = open(full, 1);
    assertThat(disk.exists("secret")).isFalse();
    full.heal();
    IdSeeds second = open(full, 2);

    assertThat(second).isNotEqualTo(first);
    assertThat(open(full, 3)).isEqualTo(second);
  }

  @Test
  void a_damaged_one_is_set_aside_and_named_and_another_is_made() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    IdSeeds before = open(disk, 1);
    byte[] good = disk.content("secret");
    List<byte[]> broken = new ArrayList<>(List.of(new byte[0], new byte[7], new byte[5000]));
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 0x10;
      broken.add(flipped);
      broken.add(java.util.Arrays.copyOf(good, i));
    }
    for (byte[] damage : broken) {
      problems.clear();
      disk.damage("secret", damage);

      assertThat(open(disk, 77)).isNotEqualTo(before);
      assertThat(problems).hasSize(1);
      assertThat(problems.getFirst().message()).contains("secret.damaged").contains("set aside");
      assertThat(disk.content("secret.damaged")).isEqualTo(damage);
      disk.delete("secret.damaged");
    }
  }

  @Test
  void one_of_a_newer_program_is_left_alone_and_said() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    open(disk, 1);
    byte[] newer = java.util.Arrays.copyOf(disk.content("secret"), 64);
    newer[4] = 2;
    LittleEndian.I32.set(newer, 60, Checksum.of(newer, 0, 60));
    disk.damage("secret", newer);

    assertThatThrownBy(() -> open(disk, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("newer");
    assertThat(disk.content("secret")).isEqualTo(newer);
    assertThat(problems).isEmpty();
  }
}
