package io.onex.log;

import com.sun.management.OperatingSystemMXBean;
import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.storage.FileStorage;
import io.onex.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A quick measure of the log alone on a real disk: `LogThroughput DIRECTORY [SECONDS] [THREADS]
/// [RECORDS PER BATCH]`. The whole program is measured in `bench/`.
final class LogThroughput {
  private static final int BODY_BYTES = 493;

  private LogThroughput() {}

  public static void main(String[] args) throws Exception {
    long seconds = args.length > 1 ? Long.parseLong(args[1]) : 5;
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    int records = args.length > 3 ? Integer.parseInt(args[3]) : 1000;
    long openNanos = System.nanoTime();
    try (FileStorage storage = FileStorage.open(Path.of(args[0]));
        SegmentedLog log =
            SegmentedLog.open(
                SegmentedLog.Setup.of(storage, LogConfig.DEFAULT, new SystemClock()))) {
      System.out.printf(
          "opened in %d ms, %d records, %d ids remembered%n",
          (System.nanoTime() - openNanos) / 1_000_000,
          log.durableEnd().offset(),
          log.state().duplicates().ids());
      AtomicBoolean stop = new AtomicBoolean();
      AtomicLong appended = new AtomicLong();
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int seed = t;
        writers.add(Thread.ofPlatform().start(() -> write(log, seed, records, stop, appended)));
      }
      Thread.sleep(2000);
      LogState.Appends before = log.state().appends();
      long startNanos = System.nanoTime();
      long startCpu = processCpuNanos();
      long startCommitterCpu = committerCpuNanos();
      Thread.sleep(seconds * 1000);
      LogState.Appends after = log.state().appends();
      double elapsed = (System.nanoTime() - startNanos) / 1e9;
      double measured = after.records() - before.records();
      System.out.printf(
          "CPU per record: %.2f us in all, generator included; %.2f us of it the committer's%n",
          (processCpuNanos() - startCpu) / 1e3 / measured,
          (committerCpuNanos() - startCommitterCpu) / 1e3 / measured);
      stop.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      System.out.printf(
          "%,.0f records/s, %.1f MB/s raw, %.1f MB/s stored (ratio %.2f), %.0f commits/s of %.2f ms%n",
          (after.records() - before.records()) / elapsed,
          (after.rawBytes() - before.rawBytes()) / elapsed / 1e6,
          (after.storedBytes() - before.storedBytes()) / elapsed / 1e6,
          (double) (after.rawBytes() - before.rawBytes())
              / (after.storedBytes() - before.storedBytes()),
          (after.commits() - before.commits()) / elapsed,
          (after.commitNanos() - before.commitNanos())
              / 1e6
              / (after.commits() - before.commits()));
    }
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long committerCpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("onex-log-committer")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }

  private static void write(
      SegmentedLog log, int seed, int records, AtomicBoolean stop, AtomicLong appended) {
    Random random = new Random(seed + System.nanoTime());
    RecordWriter batch = new RecordWriter(1 << 20);
    byte[][] bodies = new byte[Math.min(4096, records * 4)][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = body(random);
    }
    try {
      while (!stop.get()) {
        batch.clear();
        long nowMicros = System.currentTimeMillis() * 1000;
        for (int i = 0; i < records; i++) {
          UUID id = new UUID(random.nextLong(), random.nextLong());
          byte[] body = bodies[random.nextInt(bodies.length)];
          batch
              .begin(
                  RecordKind.EVENT, EventType.NODE_SUCCESS, Slice.utf8(id.toString()), nowMicros, 1)
              .body(body, 0, body.length)
              .end();
        }
        appended.addAndGet(log.append(batch).appended());
      }
    } catch (LogUnavailableException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] body(Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < BODY_BYTES) {
      text.append("{\"node_id\":\"node_compute_").append(random.nextInt(1000));
      text.append("\",\"correlation_id\":\"")
          .append(new UUID(random.nextLong(), random.nextLong()));
      text.append("\",\"event_type\":\"NODE_SUCCESS\",\"execution_time_ms\":");
      text.append(random.nextDouble()).append("},");
    }
    return text.substring(0, BODY_BYTES).getBytes(StandardCharsets.UTF_8);
  }

  private static final class SystemClock implements Clock {
    @Override
    public long wallMicros() {
      return System.currentTimeMillis() * 1000;
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }
}
