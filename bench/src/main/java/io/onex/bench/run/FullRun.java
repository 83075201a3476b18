package io.onex.bench.run;

import com.github.luben.zstd.Zstd;
import io.onex.bench.load.EventSeries;
import io.onex.bench.machine.DiskProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// Every measurement once, as the tables of `docs/performance.md`.
public final class FullRun {
  private static final int SAMPLE = 50_000;

  private final Duration duration;
  private final long backlogBytes;
  private final PrintWriter out;

  public FullRun(Duration duration, long backlogBytes, PrintWriter out) {
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
    out.println();
    out.println(Measurement.HEADING);
    row(new ThroughputRun("ingest", 4, 1000, duration, 0, ThroughputRun.BackEnds.NONE));
    row(
        new ThroughputRun(
            "ingest + routing + enrichment + bulk",
            4,
            1000,
            duration,
            0,
            ThroughputRun.BackEnds.BULK));
    Measurement single =
        row(
            new ThroughputRun(
                "one event per request", 64, 1, duration, 0, ThroughputRun.BackEnds.NONE));
    row(
        new ThroughputRun(
            "one event per request", 256, 1, duration, 0, ThroughputRun.BackEnds.NONE));
    row(
        new ThroughputRun(
            "one event per request, half load",
            64,
            1,
            duration,
            single.load().perSecond() / 2,
            ThroughputRun.BackEnds.NONE));
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

  private Measurement row(ThroughputRun run) throws IOException, InterruptedException {
    Measurement measurement = run.run();
    out.println(measurement.row());
    out.flush();
    return measurement;
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
