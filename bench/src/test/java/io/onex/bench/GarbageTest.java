package io.onex.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bench.micro.HotPath;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Gates on bytes allocated per event, which do not depend on the machine; times are not judged.
class GarbageTest {
  /// Bytes of garbage one event may cost at each stage.
  private static final Map<String, Double> LIMITS =
      Map.of(
          "decode", 2.0,
          "decodeAndAppend", 720.0,
          "route", 1.0,
          "encodeBulk", 840.0,
          "foldOperations", 1090.0);

  @Test
  void no_stage_of_the_hot_path_allocates_more_per_event_than_its_limit() throws RunnerException {
    Map<String, Double> bytesPerEvent =
        new Runner(
                new OptionsBuilder()
                    .include(HotPath.class.getName())
                    .addProfiler(GCProfiler.class)
                    .forks(0)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(700))
                    .measurementIterations(6)
                    .measurementTime(TimeValue.milliseconds(300))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run().stream().collect(Collectors.toMap(GarbageTest::stage, GarbageTest::allocated));
    bytesPerEvent.forEach(
        (stage, bytes) -> System.out.printf("garbage: %s %.1f B/event%n", stage, bytes));

    assertThat(bytesPerEvent.keySet()).isEqualTo(LIMITS.keySet());
    assertThat(bytesPerEvent)
        .allSatisfy(
            (stage, bytes) -> assertThat(bytes).as(stage).isLessThanOrEqualTo(LIMITS.get(stage)));
  }

  private static String stage(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// The least of all iterations: on a busy machine the first ones run before the compiler has
  /// found out which objects need not be made.
  private static double allocated(RunResult result) {
    return result.getBenchmarkResults().stream()
        .flatMap(run -> run.getIterationResults().stream())
        .mapToDouble(each -> each.getSecondaryResults().get("gc.alloc.rate.norm").getScore())
        .min()
        .orElseThrow();
  }
}
