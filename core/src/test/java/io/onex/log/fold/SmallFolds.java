package io.onex.log.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Folds in small steps, driven by a test.
final class SmallFolds {
  /// Batches of 7 records, a checkpoint each 40.
  static final FoldRunnerOptions OPTIONS =
      new FoldRunnerOptions(
          Duration.ofSeconds(10), 40, 7, 1 << 20, Duration.ofSeconds(1), () -> 3, 0);

  private SmallFolds() {}

  /// Steps until the folds stand at the durable end and have nothing more to say.
  static void drain(FoldRunnerLoop loop) throws InterruptedException {
    int idle = 0;
    for (int step = 0; step < 100_000 && idle < 2; step++) {
      idle = loop.step() == FoldRunnerLoop.Step.IDLE ? idle + 1 : 0;
    }
    assertThat(idle).isEqualTo(2);
  }

  /// The ids of what [TallyFold]s of these names conclude from so many events.
  static List<String> tens(long events, String... folds) {
    List<String> ids = new ArrayList<>();
    for (String fold : folds) {
      for (int ten = 10; ten <= events; ten += 10) {
        ids.add("ten-" + fold + "-" + ten);
      }
    }
    return ids;
  }
}
