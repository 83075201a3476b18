package io.onex.log.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.SetClock;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointsTest {
  private static final String PATH = "checkpoints/operations.checkpoint";

  private final PowerCutStorage disk = new PowerCutStorage();

  @Test
  void the_newest_comes_first_and_the_one_before_it_stays() throws IOException {
    Checkpoints checkpoints = in(disk);
    assertThat(checkpoints.find("operations").newestFirst()).isEmpty();
    for (int i = 1; i <= 3; i++) {
      checkpoints.save("operations", at(i));
    }

    CheckpointCandidates found = in(disk).find("operations");

    assertThat(found.newestFirst()).containsExactly(at(3), at(2));
    assertThat(found.problems()).isEmpty();
    assertThat(in(disk).find("other").newestFirst()).isEmpty();
  }

  @Test
  void a_saved_checkpoint_survives_every_power_cut_and_no_cut_leaves_none() throws IOException {
    for (long seed = 1; seed <= 400; seed++) {
      Random random = new Random(seed);
      PowerCutStorage power = new PowerCutStorage();
      Checkpoints checkpoints = in(power);
      checkpoints.save("operations", at(1));
      power.failAfter(random.nextInt(40));
      int saved = 1;
      try {
        for (int i = 2; i <= 6; i++) {
          checkpoints.save("operations", at(i));
          saved = i;
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("power");
      }

      CheckpointCandidates found = in(power.cut(seed)).find("operations");

      assertThat(found.problems()).as("seed %s", seed).isEmpty();
      assertThat(found.newestFirst().getFirst()).as("seed %s", seed).isIn(at(saved), at(saved + 1));
    }
  }

  @Test
  void any_flipped_byte_leads_to_the_one_before_and_is_named() throws IOException {
    Checkpoints checkpoints = in(disk);
    checkpoints.save("operations", at(1));
    checkpoints.save("operations", at(2));
    byte[] bytes = disk.content(PATH);
    for (int offset = 0; offset < bytes.length; offset++) {
      byte[] flipped = bytes.clone();
      flipped[offset] ^= 0x40;
      disk.damage(PATH, flipped);

      CheckpointCandidates found = in(disk).find("operations");

      assertThat(found.newestFirst()).as("flip at %s", offset).containsExactly(at(1));
      assertThat(found.problems()).hasSize(1);
      assertThat(found.problems().getFirst().sentence()).contains(PATH).contains("operations");
    }
  }

  @Test
  void a_damaged_file_never_takes_the_place_of_the_good_one_before_it() throws IOException {
    Checkpoints checkpoints = in(disk);
    checkpoints.save("operations", at(1));
    checkpoints.save("operations", at(2));
    disk.damage(PATH, new byte[0]);
    Checkpoints restarted = in(disk);
    restarted.find("operations");

    restarted.save("operations", at(3));

    assertThat(in(disk).find("operations").newestFirst()).containsExactly(at(3), at(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Operation.class,
      names = {"OPEN", "WRITE", "FORCE", "FORCE_DIRECTORY", "DELETE", "RENAME"})
  void a_disk_that_fails_leaves_what_was_there(Fault.Operation operation) throws IOException {
    FaultyStorage faulty = new FaultyStorage(disk);
    Checkpoints checkpoints = in(faulty);
    checkpoints.save("operations", at(1));
    checkpoints.save("operations", at(2));
    faulty.inject(Fault.once(operation, Fault.Kind.NO_SPACE));

    assertThatThrownBy(() -> checkpoints.save("operations", at(3)))
        .hasMessageContaining("No space left on device");
    assertThat(in(disk).find("operations").newestFirst().getFirst()).isIn(at(2), at(3));

    checkpoints.save("operations", at(4));
    assertThat(in(disk.cut(1)).find("operations").newestFirst().getFirst()).isEqualTo(at(4));
  }

  @Test
  void a_file_that_belongs_to_another_fold_is_refused() throws IOException {
    in(disk).save("operations", at(1));
    disk.rename(PATH, "checkpoints/sampling.checkpoint");

    assertThat(in(disk).find("sampling").problems().getFirst().reason())
        .isEqualTo("it belongs to fold operations");
  }

  private static Checkpoints in(Storage storage) {
    return new Checkpoints(storage, "checkpoints", new SetClock());
  }

  private static Checkpoint at(int position) {
    return new Checkpoint(
        new Position(0, position), Slice.utf8("state " + position + " ".repeat(900)), 7, 2);
  }
}
