package io.onex.bench.run;

import com.github.luben.zstd.Zstd;
import io.onex.bench.load.EventSeries;
import io.onex.bench.machine.DiskProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Every measurement several times, in rounds, as the tables of `docs/performance.md`.
public final class FullRun {
  private static final int SAMPLE = 50_000;

  private final int rounds;
  private final Duration warmUp;
  private final Duration duration;
  private final long backlogBytes;
  private final PrintWriter out;

  public FullRun(
      int rounds, Duration warmUp, Duration duration, long backlogBytes, PrintWriter out) {
    this.rounds = rounds;
    this.warmUp = warmUp;
    this.duration = duration;
    this.backlogBytes = backlogBytes;
    this.out = out;
  }

  public void run() throws IOException, InterruptedException {
    events();
    DiskProbe disk = DiskProbe.measure(Path.of(System.getProperty("java.io.tmpdir")));
    line(
        String.format(
            Locale.ROOT,
            "Disk: fdatasync after 64 KiB %.2f ms median, %.2f ms p99; %d MB/s sequential.",
            disk.forceMedianMicros() / 1e3,
            disk.forceP99Micros() / 1e3,
            disk.megabytesPerSecond()));
    line(
        String.format(
            Locale.ROOT,
            "Processors: %d, shared by gateway, generator and back ends.",
            Runtime.getRuntime().availableProcessors()));
    throughput();
    out.println();
    StartRun.Times start = StartRun.measure(5, backlogBytes);
    line(
        String.format(
            Locale.ROOT,
            "Start to ready, median of 5: %d ms empty, %d ms with %.1f GB of undelivered events.",
            start.empty().toMillis(),
            start.backlog().toMillis(),
            start.backlogBytes() / 1e9));
    line(
        String.format(
            Locale.ROOT,
            "SIGTERM to exit with a dead destination: %d ms.",
            start.terminate().toMillis()));
  }

  private void throughput() throws IOException, InterruptedException {
    Repeated ingest = new Repeated();
    Repeated bulk = new Repeated();
    Repeated single = new Repeated();
    Repeated many = new Repeated();
    Repeated half = new Repeated();
    // In rounds, so that a machine that slows down does so for all of them.
    for (int i = 0; i < rounds; i++) {
      ingest.add(run("ingest", 4, 1000, 0, ThroughputRun.BackEnds.NONE));
      bulk.add(run("ingest to bulk", 4, 1000, 0, ThroughputRun.BackEnds.BULK));
      single.add(run("single events", 64, 1, 0, ThroughputRun.BackEnds.NONE));
      many.add(run("single events", 256, 1, 0, ThroughputRun.BackEnds.NONE));
      double rate = single.median(each -> each.load().perSecond()) / 2;
      half.add(run("single events, half load", 64, 1, rate, ThroughputRun.BackEnds.NONE));
    }
    line("");
    line(Repeated.HEADING);
    List.of(ingest, bulk, single, many, half).forEach(each -> line(each.row()));
    line("");
    line("CPU µs per event by thread:");
    List.of(ingest, bulk, single, half).forEach(each -> line("- " + each.threads()));
  }

  private void events() {
    EventSeries series = new EventSeries(42);
    byte[] all = new byte[SAMPLE * EventSeries.MAX_BYTES];
    int end = 0;
    for (int n = 0; n < SAMPLE; n++) {
      end = series.render(n, all, end);
    }
    int compressed = Zstd.compress(Arrays.copyOf(all, end), 1).length;
    line(
        String.format(
            Locale.ROOT,
            "Events: %.0f bytes on average, %.2fx under zstd -1, %d nodes, distinct ids and times, a START and an END per correlation id.",
            (double) end / SAMPLE,
            (double) end / compressed,
            EventSeries.NODES));
  }

  private Measurement run(
      String name,
      int connections,
      int perRequest,
      double requestsPerSecond,
      ThroughputRun.BackEnds backEnds)
      throws IOException, InterruptedException {
    return new ThroughputRun(
            name, connections, perRequest, warmUp, duration, requestsPerSecond, backEnds)
        .run();
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
