package io.onex.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PowerCutStorageTest implements StorageContract {
  @Override
  public PowerCutStorage storage() {
    return new PowerCutStorage();
  }

  @Test
  void forced_bytes_with_a_forced_name_survive_every_cut() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      PowerCutStorage disk = storage();
      StorageContract.write(disk, "log/file", "forced", 0);
      disk.forceDirectory("log");

      assertThat(StorageContract.read(disk.cut(seed), "log/file")).isEqualTo("forced");
    }
  }

  @Test
  void a_name_that_was_not_forced_survives_some_cuts_only() throws IOException {
    Set<Boolean> outcomes = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      PowerCutStorage disk = storage();
      StorageContract.write(disk, "log/file", "forced", 0);
      outcomes.add(disk.cut(seed).exists("log/file"));
    }

    assertThat(outcomes).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void bytes_that_were_not_forced_are_kept_dropped_or_torn_by_whole_sectors() throws IOException {
    Set<String> outcomes = new HashSet<>();
    byte[] written = new byte[1024];
    Arrays.fill(written, (byte) 1);
    for (long seed = 0; seed < 200; seed++) {
      PowerCutStorage disk = storage();
      StorageContract.write(disk, "file", "", 0);
      disk.forceDirectory("");
      disk.open("file").write(ByteBuffer.wrap(written), 0);

      byte[] survived = disk.cut(seed).content("file");
      StringBuilder sectors = new StringBuilder();
      for (int at = 0; at < survived.length; at += 512) {
        byte first = survived[at];
        assertThat(Arrays.copyOfRange(survived, at, at + 512)).containsOnly(first);
        sectors.append(first);
      }
      outcomes.add(sectors.toString());
    }

    assertThat(outcomes).containsExactlyInAnyOrder("", "1", "01", "11");
  }

  @Test
  void the_disk_fails_once_the_power_is_off() throws IOException {
    PowerCutStorage disk = storage();
    StorageFile file = disk.open("file");
    disk.cut(1);

    assertThatThrownBy(file::force).hasMessageContaining("power is off");
    assertThatThrownBy(() -> disk.open("other")).hasMessageContaining("power is off");
  }
}
