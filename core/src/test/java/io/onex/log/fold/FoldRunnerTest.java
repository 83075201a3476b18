package io.onex.log.fold;

import static io.onex.log.fold.SmallFolds.drain;
import static io.onex.log.fold.SmallFolds.tens;
import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.log.MemoryLog;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.log.SetClock;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FoldRunnerTest {
  private final PowerCutStorage disk = new PowerCutStorage();
  private final MemoryLog log = new MemoryLog();
  private final SetClock clock = new SetClock();

  @Test
  void every_record_is_applied_once_and_conclusions_land_in_the_log() throws Exception {
    log.addEvents(95);
    TallyFold fold = new TallyFold("tally");
    FoldRunnerLoop loop = loop(disk, fold);
    drain(loop);

    assertThat(fold.events()).isEqualTo(95);
    assertThat(log.idsOf(RecordKind.DERIVED)).containsSubsequence(tens(95, "tally"));
    assertThat(loop.progress().getFirst().lag()).isZero();
    assertThat(loop.progress().getFirst().caughtUp()).isTrue();
  }

  @Test
  void a_fold_reads_its_own_conclusions_and_draws_none_from_them() throws Exception {
    log.addEvents(30);
    TallyFold fold = new TallyFold("tally");
    FoldRunnerLoop loop = loop(disk, fold);
    drain(loop);
    long end = log.durableEnd().offset();
    drain(loop);

    assertThat(fold.derived()).isEqualTo(end - 30);
    assertThat(log.durableEnd().offset()).isEqualTo(end);
  }

  @Test
  void a_restart_continues_from_the_checkpoint_with_the_rules_that_held() throws Exception {
    log.addEvents(100);
    drain(loop(disk, new TallyFold("tally")));
    Checkpoint newest = checkpoints(disk).find("tally").newestFirst().getFirst();
    assertThat(newest.position().offset()).isBetween(40L, log.durableEnd().offset());
    assertThat(newest.rulesEpoch()).isEqualTo(3);

    log.retainFrom(newest.position().offset());
    TallyFold restarted = new TallyFold("tally");
    drain(loop(disk, restarted));

    assertThat(restarted.events()).isEqualTo(100);
  }

  @Test
  void a_crash_at_any_point_appends_no_conclusion_twice_and_counts_nothing_twice()
      throws Exception {
    for (long seed = 1; seed <= 150; seed++) {
      Random random = new Random(seed);
      MemoryLog crashing = new MemoryLog();
      PowerCutStorage power = new PowerCutStorage();
      SetClock time = new SetClock();
      for (int life = 0; life < 6; life++) {
        if (random.nextInt(3) == 0) {
          // The ids have left the log's window of duplicates, or its files were lost.
          crashing.forgetIds();
        }
        FoldRunnerLoop loop =
            new FoldRunnerLoop(
                List.of(new TallyFold("a"), new TallyFold("b")),
                crashing,
                new Checkpoints(power, "checkpoints", time),
                time,
                SmallFolds.OPTIONS);
        power.failAfter(random.nextInt(60));
        crashing.late(random.nextBoolean());
        for (int step = random.nextInt(30); step > 0; step--) {
          crashing.addEvents(random.nextInt(9));
          crashing.full(random.nextInt(4) == 0);
          loop.step();
        }
        crashing.full(false);
        power = power.cut(seed + life);
      }
      TallyFold a = new TallyFold("a");
      TallyFold b = new TallyFold("b");
      FoldRunnerLoop last =
          new FoldRunnerLoop(
              List.of(a, b),
              crashing,
              new Checkpoints(power, "checkpoints", time),
              time,
              SmallFolds.OPTIONS);
      drain(last);
      long events = crashing.idsOf(RecordKind.EVENT).size();
      assertThat(crashing.idsOf(RecordKind.DERIVED))
          .as("seed %s", seed)
          .filteredOn(id -> id.startsWith("ten"))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(tens(events, "a").stream(), tens(events, "b").stream()).toList());
      assertThat(a.events()).as("seed %s", seed).isEqualTo(events);
      assertThat(b.events()).as("seed %s", seed).isEqualTo(events);
    }
  }

  @Test
  void a_checkpoint_waits_until_the_conclusions_before_it_are_durable() throws Exception {
    log.addEvents(100);
    log.full(true);
    FoldRunnerLoop loop = loop(disk, new TallyFold("tally"));
    for (int i = 0; i < 40; i++) {
      loop.step();
    }

    assertThat(loop.step()).isEqualTo(FoldRunnerLoop.Step.STALLED);
    assertThat(loop.progress().getFirst().failure().orElseThrow())
        .isEqualTo("conclusions cannot be appended: the disk is full");
    checkpoints(disk)
        .find("tally")
        .newestFirst()
        .forEach(checkpoint -> assertThat(checkpoint.position().offset()).isLessThan(10));

    log.full(false);
    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).containsSubsequence(tens(100, "tally"));
    assertThat(loop.progress().getFirst().failure()).isEmpty();
    assertThat(checkpoints(disk).find("tally").newestFirst()).isNotEmpty();
  }

  @Test
  void batches_are_applied_while_conclusions_are_under_way_and_do_not_count_before()
      throws Exception {
    TallyFold fold = new TallyFold("tally");
    // A checkpoint waits for all.
    FoldRunnerOptions none = SmallFolds.OPTIONS.withCheckpoints(Duration.ofHours(1), 1_000);
    FoldRunnerLoop loop = new FoldRunnerLoop(List.of(fold), log, checkpoints(disk), clock, none);
    log.late(true);
    log.addEvents(100);

    for (int i = 0; i < FoldRunnerOutbox.MOST_ROUNDS; i++) {
      loop.step();
    }
    assertThat(fold.events()).isEqualTo(28);
    assertThat(log.idsOf(RecordKind.DERIVED)).isEmpty();
    // The first batch led to nothing.
    assertThat(loop.progress().getFirst().position().offset()).isEqualTo(7);

    // No further ahead than this: now the first are waited for.
    loop.step();
    loop.step();
    assertThat(log.idsOf(RecordKind.DERIVED)).containsExactly("ten-tally-10");
    assertThat(loop.progress().getFirst().position().offset()).isEqualTo(14);

    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).containsSubsequence(tens(100, "tally"));
    assertThat(loop.progress().getFirst().lag()).isZero();
  }

  @Test
  void what_could_not_be_appended_is_appended_later_in_its_order() throws Exception {
    FoldRunnerLoop loop = loop(disk, new TallyFold("tally"));
    log.late(true);
    log.addEvents(28);
    for (int i = 0; i < FoldRunnerOutbox.MOST_ROUNDS; i++) {
      loop.step();
    }
    log.full(true);
    assertThat(loop.step()).isEqualTo(FoldRunnerLoop.Step.STALLED);
    assertThat(loop.step()).isEqualTo(FoldRunnerLoop.Step.STALLED);
    assertThat(loop.progress().getFirst().position().offset()).isLessThan(14);

    log.full(false);
    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).containsSubsequence(tens(28, "tally"));
    assertThat(loop.progress().getFirst().lag()).isZero();
  }

  @Test
  void log_time_goes_on_while_no_record_comes_but_stays_behind_the_wall_clock() throws Exception {
    TallyFold fold = new TallyFold("tally");
    FoldRunnerLoop loop = loop(disk, fold);
    log.addEvent("e", "{}", clock.wallMicros());
    drain(loop);
    clock.advance(Duration.ofSeconds(60));
    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    drain(loop);

    assertThat(log.idsOf(RecordKind.DERIVED)).containsExactly("silence-tally-1");
  }

  @Test
  void a_conclusion_drawn_by_a_tick_is_not_drawn_again_by_the_record_after_it() throws Exception {
    log.addEvent("e", "{}", clock.wallMicros());
    FoldRunnerLoop loop = loop(disk, new TallyFold("tally"));
    drain(loop);
    clock.advance(Duration.ofSeconds(70));
    drain(loop);
    log.addEvent("f", "{}", clock.wallMicros());
    log.forgetIds();

    FoldRunnerOptions oneByOne =
        new FoldRunnerOptions(
            Duration.ofSeconds(10), 40, 1, 1 << 20, Duration.ofSeconds(1), () -> 3, 0);
    drain(
        new FoldRunnerLoop(
            List.of(new TallyFold("tally")),
            log,
            checkpoints(new PowerCutStorage()),
            clock,
            oneByOne));

    assertThat(log.idsOf(RecordKind.DERIVED)).containsExactly("silence-tally-1");
  }

  @Test
  void a_tick_does_not_overtake_a_record_that_waits_for_the_disk() throws Exception {
    log.addEvent("e", "{}", clock.wallMicros());
    FoldRunnerLoop loop = loop(disk, new TallyFold("tally"));
    drain(loop);
    clock.advance(Duration.ofSeconds(30));
    long ingested = clock.wallMicros();
    log.underWay(ingested);
    clock.advance(Duration.ofSeconds(40));
    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).as("the silence was broken in time").isEmpty();

    log.underWay(Long.MAX_VALUE);
    log.addEvent("f", "{}", ingested);
    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).isEmpty();

    clock.advance(Duration.ofSeconds(70));
    drain(loop);
    assertThat(log.idsOf(RecordKind.DERIVED)).containsExactly("silence-tally-2");
  }

  @Test
  void a_snapshot_that_the_fold_refuses_gives_way_to_the_one_before() throws Exception {
    log.addEvents(100);
    Checkpoints saved = checkpoints(disk);
    TallyFold fold = new TallyFold("tally");
    saved.save("tally", new Checkpoint(Position.START, fold.snapshot(), 0, 0));
    saved.save("tally", new Checkpoint(new Position(0, 50), Slice.utf8("from the future"), 0, 0));

    FoldRunnerLoop loop = loop(disk, fold);
    drain(loop);

    assertThat(fold.events()).isEqualTo(100);
    assertThat(loop.problems()).hasSize(1);
    assertThat(loop.problems().getFirst().sentence())
        .contains("at position 0/50")
        .contains("a snapshot of another version");
  }

  @Test
  void a_checkpoint_beyond_the_end_of_the_log_is_not_believed() throws Exception {
    log.addEvents(10);
    TallyFold fold = new TallyFold("tally");
    checkpoints(disk).save("tally", new Checkpoint(new Position(0, 99), fold.snapshot(), 0, 0));

    FoldRunnerLoop loop = loop(disk, fold);
    drain(loop);

    assertThat(fold.events()).isEqualTo(10);
    assertThat(loop.problems().getFirst().reason()).isEqualTo("the log ends before it, at 0/10");
  }

  @Test
  void a_checkpoint_that_cannot_be_written_stops_nothing_and_is_tried_again() throws Exception {
    log.addEvents(200);
    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE));
    TallyFold fold = new TallyFold("tally");
    FoldRunnerLoop loop = loop(faulty, fold);
    drain(loop);
    assertThat(fold.events()).isEqualTo(200);
    assertThat(loop.checkpoint(true).orElseThrow()).startsWith("checkpoint of fold tally failed: ");

    faulty.heal();
    clock.advance(Duration.ofSeconds(11));
    loop.step();

    assertThat(checkpoints(disk).find("tally").newestFirst()).hasSize(1);
  }

  @Test
  void the_thread_follows_the_log_and_leaves_a_checkpoint_when_closed() throws IOException {
    log.addEvents(50);
    TallyFold fold = new TallyFold("tally");
    try (FoldRunner runner =
        FoldRunner.start(
            List.of(fold),
            log,
            checkpoints(disk),
            clock,
            FoldRunnerOptions.DEFAULT,
            FoldFailures.NONE)) {
      Awaitility.await().until(runner::isCaughtUp);
      log.addEvents(25);
      Awaitility.await().until(() -> runner.ask(fold::events) == 75);
      log.full(true);
      log.addEvents(25);
      Awaitility.await().until(() -> runner.progress().getFirst().failure().isPresent());
      // It stalls with the first conclusion it cannot append, and can be looked at all the same.
      assertThat(runner.<Long>ask(fold::events)).isBetween(80L, 100L);
      log.full(false);
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(log.idsOf(RecordKind.DERIVED)).containsAll(tens(100, "tally")));
    }

    Checkpoint last = checkpoints(disk).find("tally").newestFirst().getFirst();
    TallyFold restored = new TallyFold("tally");
    restored.restore(last.snapshot());
    assertThat(restored.events()).isEqualTo(100);
  }

  @Test
  void who_asks_waits_until_the_folds_are_near_the_end_of_the_log() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (FoldRunner runner = start(holding(goOn))) {
      log.addEvents(50);
      // Not near within a moment, as it stands at the first record.
      assertThat(runner.awaitNear(10, Duration.ofMillis(50))).isTrue();
      assertThat(runner.progress().getFirst().position().offset()).isZero();
      assertThat(runner.awaitNear(50, Duration.ofHours(1))).isFalse();

      Thread.ofVirtual().start(goOn::countDown);
      var _ = runner.awaitNear(10, Duration.ofHours(1));
      assertThat(runner.progress().getFirst().position().offset()).isGreaterThanOrEqualTo(40);
    }
  }

  @Test
  void a_fold_that_failed_holds_nobody_up() throws Exception {
    log.addEvents(50);
    Fold broken =
        new TallyFold("broken") {
          @Override
          public void apply(Record record, Conclusions conclusions) {
            throw new NoClassDefFoundError("a part that is not installed");
          }
        };
    try (FoldRunner runner = start(broken)) {
      Awaitility.await().until(() -> runner.progress().getFirst().failure().isPresent());
      assertThat(runner.awaitNear(10, Duration.ofHours(1))).isFalse();
    }
  }

  private FoldRunner start(Fold fold) {
    return FoldRunner.start(
        List.of(fold), log, checkpoints(disk), clock, FoldRunnerOptions.DEFAULT, FoldFailures.NONE);
  }

  private static Fold holding(CountDownLatch goOn) {
    return new TallyFold("slow") {
      @Override
      public void apply(Record record, Conclusions conclusions) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        super.apply(record, conclusions);
      }
    };
  }

  private FoldRunnerLoop loop(Storage storage, Fold fold) {
    return new FoldRunnerLoop(List.of(fold), log, checkpoints(storage), clock, SmallFolds.OPTIONS);
  }

  private Checkpoints checkpoints(Storage storage) {
    return new Checkpoints(storage, "checkpoints", clock);
  }
}
