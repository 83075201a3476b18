package io.onex.bench.micro;

import io.onex.bytes.Slice;
import io.onex.config.ConfigException;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.Integration;
import io.onex.event.EventDecoder;
import io.onex.log.AppendResult;
import io.onex.log.LogConfig;
import io.onex.log.Record;
import io.onex.log.RecordWriter;
import io.onex.log.SegmentedLog;
import io.onex.log.fold.Fold;
import io.onex.operation.OperationFold;
import io.onex.operation.OperationListener;
import io.onex.operation.OperationSettings;
import io.onex.routing.RuleSet;
import io.onex.storage.FileStorage;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Time and garbage per event of each stage. One operation is one event.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotPath {
  /// Events as bytes and as records.
  @State(Scope.Thread)
  public static class Events {
    final SampleEvents sample = new SampleEvents();
    final EventDecoder decoder = SampleEvents.decoder();
    final RecordWriter writer = new RecordWriter(1 << 20);
    final List<Record> records = sample.records();
  }

  /// Four rules and a bulk encoder.
  @State(Scope.Thread)
  public static class Gateway {
    final RuleSet rules;
    final Integration bulk;

    public Gateway() {
      try {
        SampleGateway sample = new SampleGateway();
        rules = sample.rules();
        bulk = sample.bulk();
      } catch (ConfigException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// A fold that has seen the same operations before, some of whose spans go somewhere.
  @State(Scope.Thread)
  public static class Folded {
    final OperationFold fold;
    final RecordWriter concluded = new RecordWriter(1 << 20);
    final Fold.Conclusions conclusions = () -> concluded;

    public Folded() {
      try {
        fold =
            new OperationFold(
                OperationSettings.DEFAULT,
                OperationListener.NONE,
                new SampleGateway().tracingRules());
      } catch (ConfigException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// A log on the disk of the temporary folder.
  @State(Scope.Benchmark)
  public static class OpenLog {
    private @Nullable Path folder;
    private @Nullable FileStorage storage;
    @Nullable SegmentedLog log;
    long next;

    @Setup(Level.Trial)
    public void open() throws IOException {
      folder = Files.createTempDirectory("onex-jmh");
      storage = FileStorage.open(folder);
      // A window of ids that is soon full, so that its growth is not taken for garbage.
      LogConfig config = LogConfig.DEFAULT.withRememberedIds(10_000);
      log = SegmentedLog.open(SegmentedLog.Setup.of(storage, config, CLOCK));
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      if (log != null && storage != null && folder != null) {
        log.close();
        storage.close();
        try (var tree = Files.walk(folder)) {
          for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }

  static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallMicros() {
          return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };

  /// JSON to record: grammar, fields, redaction check, copy.
  @Benchmark
  @OperationsPerInvocation(SampleEvents.EVENTS)
  public int decode(Events events) {
    events.sample.encode(events.decoder, events.writer);
    return events.writer.count();
  }

  /// Duplicate check, block, compression, checksum, write and fdatasync, one batch at a time, with
  /// the rendering and decoding of fresh events before it.
  @Benchmark
  @OperationsPerInvocation(SampleEvents.EVENTS)
  public AppendResult decodeAndAppend(Events events, OpenLog open)
      throws IOException, InterruptedException {
    events.sample.render(open.next);
    open.next += SampleEvents.EVENTS;
    events.sample.encode(events.decoder, events.writer);
    return java.util.Objects.requireNonNull(open.log).append(events.writer);
  }

  /// One decision per record.
  @Benchmark
  @OperationsPerInvocation(SampleEvents.EVENTS)
  public long route(Events events, Gateway gateway) {
    long all = 0;
    for (int i = 0; i < SampleEvents.EVENTS; i++) {
      all |= gateway.rules.decide(events.records.get(i));
    }
    return all;
  }

  /// Records to one `_bulk` body.
  @Benchmark
  @OperationsPerInvocation(SampleEvents.EVENTS)
  public Encoding encodeBulk(Events events, Gateway gateway) {
    return gateway.bulk.encode(events.records, NO_ENRICHMENT);
  }

  /// Events to operations: pairing, durations, and a derived record for each END.
  @Benchmark
  @OperationsPerInvocation(SampleEvents.EVENTS)
  public int foldOperations(Events events, Folded folded) {
    folded.concluded.clear();
    for (int i = 0; i < SampleEvents.EVENTS; i++) {
      folded.fold.apply(events.records.get(i), folded.conclusions);
    }
    return folded.concluded.count();
  }

  private static final EncodeContext NO_ENRICHMENT = record -> Slice.EMPTY;
}
