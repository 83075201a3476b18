package io.onex.delivery;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.LogConfig;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SegmentedLog;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.cursor.CursorRequest;
import io.onex.log.cursor.CursorStart;
import io.onex.log.cursor.LedgerBalance;
import io.onex.log.deadletter.DeadLetterRetention;
import io.onex.log.deadletter.DeadLetters;
import io.onex.log.journal.DeliveryJournal;
import io.onex.log.replay.ReplayJobs;
import io.onex.storage.FileStorage;
import io.onex.telemetry.Telemetry;
import io.onex.thread.Crew;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The real log, journals and loops in a folder, with scripted systems behind them.
final class RunningGateway implements AutoCloseable {
  static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallMicros() {
          return System.currentTimeMillis() * 1_000;
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };

  final SegmentedLog log;
  final CursorJournal cursors;
  final DeadLetters deadLetters;
  final ReplayJobs replays;
  ReplayRules replayRules = ReplayRules.ALL;
  final DeliveryWatch watch = new DeliveryWatch();
  final Telemetry telemetry = new Telemetry();
  final List<StateChange> changes = new CopyOnWriteArrayList<>();
  final Map<String, DeliveryJournal> journals = new HashMap<>();
  private final FileStorage storage;
  private final Crew readers = new Crew("test-reader", 2);
  private final Crew computers = new Crew("test-computer", 2);
  private final List<DestinationLoop> loops = new ArrayList<>();
  private final Consumer<StateChange> announcements;

  RunningGateway(Path directory) throws IOException {
    this(directory, change -> {});
  }

  RunningGateway(Path directory, Consumer<StateChange> alsoTell) throws IOException {
    storage = FileStorage.open(directory);
    log = SegmentedLog.open(SegmentedLog.Setup.of(storage, LogConfig.DEFAULT, CLOCK));
    cursors = CursorJournal.open(storage, "cursors", CLOCK);
    deadLetters = DeadLetters.open(storage, "dead-letters", DeadLetterRetention.DEFAULT, CLOCK);
    replays = ReplayJobs.open(storage, "replays", CLOCK);
    announcements =
        change -> {
          changes.add(change);
          alsoTell.accept(change);
        };
  }

  DestinationLoop destination(String name, Integration integration, DeliverySettings settings) {
    return destination(name, integration, settings, record -> Verdict.DELIVER);
  }

  DestinationLoop destination(
      String name, Integration integration, DeliverySettings settings, DestinationFilter filter) {
    var registration =
        cursors
            .register(List.of(CursorRequest.of(name).from(new CursorStart.Beginning())), log)
            .getFirst();
    DeliveryJournal journal = DeliveryJournal.open(storage, "deliveries", name);
    journals.put(name, journal);
    DestinationLoop loop =
        new DestinationLoop(
            new DeliveryEnvironment(
                log,
                cursors,
                deadLetters,
                replays,
                watch,
                telemetry,
                CLOCK,
                readers,
                computers,
                announcements),
            new DestinationSetup(
                registration.entry(),
                integration,
                Optional.empty(),
                settings,
                filter,
                replayRules,
                record -> Slice.EMPTY,
                record -> Slice.EMPTY,
                journal,
                new Random(1)));
    loops.add(loop);
    loop.start();
    return loop;
  }

  /// Appends events with these ids in one batch.
  PositionRange append(String... ids) throws Exception {
    RecordWriter writer = new RecordWriter(1 << 12);
    for (String id : ids) {
      add(writer, id, "{\"id\":\"" + id + "\"}");
    }
    return append(writer);
  }

  /// Appends one event with this body.
  PositionRange appendBody(String id, String body) throws Exception {
    RecordWriter writer = new RecordWriter(1 << 12);
    add(writer, id, body);
    return append(writer);
  }

  private static void add(RecordWriter writer, String id, String body) {
    writer.begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8(id), CLOCK.wallMicros(), 0);
    Slice bytes = Slice.utf8(body);
    writer.body(bytes.array(), bytes.offset(), bytes.length()).end();
  }

  private PositionRange append(RecordWriter writer) throws Exception {
    var result = log.append(writer);
    return new PositionRange(result.start(), result.end());
  }

  /// The first records of the log.
  List<Record> read(int records) throws IOException {
    try (LogReader reader = log.reader(Position.START)) {
      return reader.read(records, Integer.MAX_VALUE).records();
    }
  }

  LedgerBalance balance(String name) {
    return cursors.find(name).orElseThrow().balance(log.durableEnd());
  }

  @Override
  public void close() throws IOException {
    loops.forEach(DestinationLoop::close);
    journals.values().forEach(DeliveryJournal::close);
    deadLetters.close();
    cursors.close();
    log.close();
    readers.close();
    computers.close();
    storage.close();
  }
}
