package io.onex.log.fold;

import static io.onex.log.fold.SmallFolds.drain;
import static io.onex.log.fold.SmallFolds.tens;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.log.MemoryLog;
import io.onex.log.RecordKind;
import io.onex.log.SetClock;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Records that a fold cannot take: before it changed anything, halfway, or not without ending the
/// process.
class FoldPoisonTest {
  private final PowerCutStorage disk = new PowerCutStorage();
  private final MemoryLog log = new MemoryLog();
  private final SetClock clock = new SetClock();
  private final KeptFailures failures = new KeptFailures();

  @Test
  void a_record_that_a_fold_cannot_take_is_passed_over_and_the_next_is_taken() throws Exception {
    log.addEvents(20);
    log.addEvent("p", "poison");
    log.addEvents(10);
    TallyFold fold = new TallyFold("tally");
    drain(loop(disk, fold));

    assertThat(fold.events()).isEqualTo(30);
    assertThat(log.idsOf(RecordKind.DERIVED))
        .filteredOn(id -> id.startsWith("ten"))
        .containsExactly("ten-tally-10", "ten-tally-20", "ten-tally-30");
    assertThat(failures.kept()).containsExactly("tally 20 fold_failed");
  }

  @Test
  void a_state_that_was_left_halfway_is_made_again_without_the_record() throws Exception {
    log.addEvents(60);
    TallyFold fold = new TallyFold("tally");
    TallyFold other = new TallyFold("other");
    FoldRunnerLoop loop = loop(disk, fold, other);
    drain(loop);
    log.addEvents(15);
    log.addEvent("h", "half");
    log.addEvents(5);
    drain(loop);

    assertThat(fold.events()).isEqualTo(80);
    assertThat(other.events()).isEqualTo(80);
    assertThat(loop.progress())
        .allSatisfy(one -> {
          assertThat(one.failure()).isEmpty();
          assertThat(one.lag()).isZero();
          assertThat(one.caughtUp()).isTrue();
        });
    assertThat(log.idsOf(RecordKind.DERIVED))
        .filteredOn(id -> id.startsWith("ten"))
        .containsExactlyInAnyOrderElementsOf(tens(80, "tally", "other"));
    assertThat(failures.kept()).hasSize(2);
  }

  @Test
  void no_checkpoint_passes_a_record_whose_letter_could_not_be_kept() throws Exception {
    failures.full(true);
    log.addEvents(5);
    log.addEvent("p", "poison");
    log.addEvents(100);
    FoldRunnerLoop loop = loop(disk, new TallyFold("tally"));
    for (int i = 0; i < 40; i++) {
      loop.step();
    }
    assertThat(checkpoints(disk).find("tally").newestFirst()).isEmpty();
    assertThat(loop.progress().getFirst().failure().orElseThrow())
        .isEqualTo("dead letters of fold tally cannot be kept: the disk is full");

    failures.full(false);
    drain(loop);
    assertThat(failures.kept()).containsExactly("tally 5 fold_failed");
    assertThat(checkpoints(disk).find("tally").newestFirst()).isNotEmpty();
    assertThat(loop.progress().getFirst().failure()).isEmpty();
  }

  @Test
  void whatever_is_poison_and_whenever_the_power_is_cut_the_state_is_that_of_the_others()
      throws Exception {
    for (long seed = 1; seed <= 150; seed++) {
      Random random = new Random(seed);
      MemoryLog crashing = new MemoryLog();
      PowerCutStorage power = new PowerCutStorage();
      KeptFailures kept = new KeptFailures();
      List<Long> poison = new ArrayList<>();
      for (int life = 0; life < 4; life++) {
        if (random.nextInt(3) == 0) {
          crashing.forgetIds();
        }
        FoldRunnerLoop loop = loop(crashing, power, kept, "a", "b");
        power.failAfter(random.nextInt(80));
        crashing.late(random.nextBoolean());
        for (int step = random.nextInt(40); step > 0; step--) {
          add(crashing, random, poison);
          crashing.full(random.nextInt(4) == 0);
          kept.full(random.nextInt(4) == 0);
          loop.step();
        }
        crashing.full(false);
        kept.full(false);
        power = power.cut(seed + life);
      }
      TallyFold a = new TallyFold("a");
      TallyFold b = new TallyFold("b");
      FoldRunnerLoop last =
          new FoldRunnerLoop(
              List.of(a, b),
              crashing,
              new Checkpoints(power, "checkpoints", clock),
              clock,
              SmallFolds.OPTIONS,
              kept);
      drain(last);

      long plain = (long) crashing.idsOf(RecordKind.EVENT).size() - poison.size();
      assertThat(a.events()).as("seed %s", seed).isEqualTo(plain);
      assertThat(b.events()).as("seed %s", seed).isEqualTo(plain);
      assertThat(crashing.idsOf(RecordKind.DERIVED))
          .as("seed %s", seed)
          .filteredOn(id -> id.startsWith("ten"))
          .containsExactlyInAnyOrderElementsOf(tens(plain, "a", "b"));
      assertThat(kept.kept())
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(
              poison.stream()
                  .flatMap(at ->
                      List.of("a", "b").stream().map(name -> name + " " + at + " fold_failed"))
                  .toList());
    }
  }

  private void add(MemoryLog to, Random random, List<Long> poison) {
    to.addEvents(random.nextInt(9));
    if (random.nextInt(4) == 0) {
      poison.add(to.durableEnd().offset());
      to.addEvent("bad" + poison.size(), random.nextBoolean() ? "poison" : "half");
    }
  }

  private FoldRunnerLoop loop(MemoryLog from, Storage storage, KeptFailures kept, String... names) {
    return new FoldRunnerLoop(
        List.of(names).stream().<Fold>map(TallyFold::new).toList(),
        from,
        new Checkpoints(storage, "checkpoints", clock),
        clock,
        SmallFolds.OPTIONS,
        kept);
  }

  private FoldRunnerLoop loop(Storage storage, Fold... folds) {
    return new FoldRunnerLoop(
        List.of(folds), log, checkpoints(storage), clock, SmallFolds.OPTIONS, failures);
  }

  private Checkpoints checkpoints(Storage storage) {
    return new Checkpoints(storage, "checkpoints", clock);
  }
}
