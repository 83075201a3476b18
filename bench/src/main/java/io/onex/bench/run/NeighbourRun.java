package io.onex.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// Does a dead destination slow the others down? Interleaved pairs, with and without it.
public final class NeighbourRun {
  private NeighbourRun() {}

  /// Runs the pairs.
  ///
  /// @return median of throughput beside the dead destination over throughput without it
  public static double medianRatio(int pairs, Duration duration, PrintWriter out)
      throws IOException, InterruptedException {
    double[] ratios = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      double alone = delivered(ThroughputRun.BackEnds.BULK, duration);
      double beside = delivered(ThroughputRun.BackEnds.BULK_BESIDE_BLACK_HOLE, duration);
      ratios[i] = beside / alone;
      out.printf(
          Locale.ROOT,
          "neighbour: pair %d: %,.0f/s alone, %,.0f/s beside a dead destination, ratio %.3f%n",
          i + 1,
          alone,
          beside,
          ratios[i]);
      out.flush();
    }
    Arrays.sort(ratios);
    return (ratios[(pairs - 1) / 2] + ratios[pairs / 2]) / 2;
  }

  private static double delivered(ThroughputRun.BackEnds backEnds, Duration duration)
      throws IOException, InterruptedException {
    return new ThroughputRun("neighbour", 4, 1000, duration, duration, 0, backEnds)
        .run()
        .deliveredPerSecond();
  }
}
