package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.log.MemoryLog;
import io.onex.log.Record;
import io.onex.log.SetClock;
import io.onex.storage.FileStorage;
import io.onex.thread.OutOfMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// A process whose fold takes all memory over one of its records, for a test that starts it again
/// and again. Prints what the fold counted and passed over.
final class GreedyFoldProcess {
  static final int BEFORE = 137;
  static final int AFTER = 50;

  private GreedyFoldProcess() {}

  /// @param words the data folder
  public static void main(String[] words) throws IOException {
    OutOfMemory.watchThreads();
    MemoryLog log = new MemoryLog();
    log.addEvents(BEFORE);
    log.addEvent("g", "greedy");
    log.addEvents(AFTER);
    SetClock clock = new SetClock();
    KeptFailures failures = new KeptFailures();
    TallyFold fold = new Greedy();
    try (FileStorage files = FileStorage.open(Path.of(words[0]))) {
      FoldRunner runner =
          FoldRunner.start(
              List.of(fold),
              log,
              new Checkpoints(files, "checkpoints", clock),
              clock,
              FoldRunnerOptions.DEFAULT,
              failures);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(runner::isCaughtUp);
      runner.close();
    }
    System.out.println("events " + fold.events() + ", passed over " + failures.kept());
  }

  private static final class Greedy extends TallyFold {
    Greedy() {
      super("greedy");
    }

    @Override
    public void apply(Record record, Conclusions conclusions) {
      if (record.body().equals(Slice.utf8("greedy"))) {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < 1 << 20) {
          all.add(new byte[1 << 20]);
        }
      }
      super.apply(record, conclusions);
    }
  }
}
