package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Several lives of one log, each ended by a power cut at a random operation, some with a failing
/// disk before it. The judge knows only what was submitted and what was answered.
class LogCrashTest {
  private static final int SEEDS = 150;
  private static final int LIVES = 4;
  private static final int WRITERS = 3;

  @Test
  void whatever_fails_and_whenever_the_power_is_cut_no_acknowledged_record_is_lost()
      throws Exception {
    long base = Long.getLong("onex.seed", 20_261);
    System.out.println("power cuts of the log: " + SEEDS + " seeds from " + base);
    long acknowledged = 0;
    for (long seed = base; seed < base + SEEDS; seed++) {
      Random random = new Random(seed);
      AppendJudge judge = new AppendJudge("seed " + seed);
      PowerCutStorage disk = new PowerCutStorage();
      for (int life = 0; life < LIVES; life++) {
        disk = live(disk, judge, random, life);
      }
      try (SegmentedLog log = LogFixture.open(disk)) {
        judge.judge(LogFixture.readAll(log));
        assertThat(log.state().positionsLost()).as("seed %d", seed).isZero();
        acknowledged += judge.acknowledged();
      }
    }
    System.out.println("power cuts of the log: " + acknowledged + " records were acknowledged");
    // Were nothing acknowledged, nothing could be lost, and all of the above would hold.
    assertThat(acknowledged).isGreaterThan(SEEDS * LIVES);
  }

  private static PowerCutStorage live(
      PowerCutStorage disk, AppendJudge judge, Random random, int life) throws Exception {
    FaultyStorage storage = new FaultyStorage(disk);
    SegmentedLog log = LogFixture.open(storage);
    judge.judge(LogFixture.readAll(log));
    disk.failAfter(5 + random.nextInt(120));
    if (random.nextInt(3) == 0) {
      inject(storage, random);
    }
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      String writer = life + "." + w;
      long seed = random.nextLong();
      writers.add(Thread.ofVirtual().start(() -> write(log, writer, judge, new Random(seed))));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    PowerCutStorage survivor = disk.cut(random.nextLong());
    close(log);
    return survivor;
  }

  private static void inject(FaultyStorage storage, Random random) {
    Fault.Operation[] operations = {
      Fault.Operation.WRITE, Fault.Operation.FORCE, Fault.Operation.TRUNCATE, Fault.Operation.OPEN
    };
    for (int i = random.nextInt(4); i >= 0; i--) {
      Fault.Operation operation = operations[random.nextInt(operations.length)];
      Fault.Kind kind =
          operation == Fault.Operation.WRITE ? Fault.Kind.SHORT_WRITE : Fault.Kind.IO_ERROR;
      storage.inject(Fault.once(operation, kind).after(random.nextInt(30)));
    }
  }

  /// Appends until the disk is gone, repeating each batch that failed a few times.
  private static void write(SegmentedLog log, String writer, AppendJudge judge, Random random) {
    int ordinal = 0;
    int failures = 0;
    while (failures < 5 && ordinal < 200) {
      RecordWriter batch = LogFixture.batch();
      List<String> ids = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        String id = writer + "." + ordinal++;
        String body = id + "=" + "x".repeat(random.nextInt(700)) + random.nextLong();
        judge.submitted(writer, id, body);
        LogFixture.add(batch, id, body);
        ids.add(id);
      }
      for (failures = 0; failures < 5; failures++) {
        try {
          judge.answered(ids, log.append(batch));
          break;
        } catch (LogUnavailableException e) {
          // Nothing of the batch was kept: the same once more.
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static void close(SegmentedLog log) {
    try {
      log.close();
    } catch (UncheckedIOException e) {
      // The power is off; closing cannot write any more.
      assertThat(e).hasCauseInstanceOf(IOException.class);
    }
  }
}
