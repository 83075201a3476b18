package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.segment.Block;
import io.onex.segment.BlockCodec;
import io.onex.segment.BlockReader;
import io.onex.segment.SegmentOptions;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentProblems;
import io.onex.segment.SegmentStore;
import io.onex.segment.SegmentSummary;
import io.onex.storage.Storage;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The log in segment files of one data directory: partition 0. `designs/log.md` tells how it
/// works.
public final class SegmentedLog implements Log {
  /// Ids that are copied at a time from the index to the window.
  private static final int RESTORED_TOGETHER = 4096;

  private final LogConfig config;
  private final IdSeeds seeds;
  private final SegmentStore store;
  private final SegmentProblems problems;
  private final BlockCodec codec;
  private final LogMarks marks;
  private final EventIdIndex ids;
  private final DuplicateWindow window;
  private final RecentBlocks recent;
  private final ReadBlocks read = new ReadBlocks();
  private final UnreadableBlocks unreadable;
  private final LogAges ages;
  private final Retention retention;
  private final SubmissionQueue queue;
  private final Committer committer;
  private final LogMaintenance maintenance;
  private final OwnedThread committerThread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private volatile long durableEnd;
  private boolean closed;

  /// What a log is opened with.
  ///
  /// @param storage the data directory
  /// @param config how records are kept
  /// @param clock for ages and the time commits take
  /// @param floor no position before this one is used again, whatever the files say: the furthest
  ///   position of any cursor, or [Position#START]
  /// @param guard speaks for the cursors when retention removes records
  /// @param problems is told of each damage once, on any thread
  /// @param random makes the secret of a new data folder; must be hard to guess
  public record Setup(
      Storage storage,
      LogConfig config,
      Clock clock,
      Position floor,
      RetentionGuard guard,
      Consumer<SegmentProblem> problems,
      RandomGenerator random) {
    /// With the system's own source of randomness.
    public Setup(
        Storage storage,
        LogConfig config,
        Clock clock,
        Position floor,
        RetentionGuard guard,
        Consumer<SegmentProblem> problems) {
      this(storage, config, clock, floor, guard, problems, new SecureRandom());
    }

    /// A log that nobody has read from yet.
    public static Setup of(Storage storage, LogConfig config, Clock clock) {
      return new Setup(storage, config, clock, Position.START, RetentionGuard.NONE, problem -> {});
    }
  }

  private SegmentedLog(
      Setup setup,
      SegmentProblems problems,
      IdSeeds seeds,
      BlockCodec codec,
      LogMarks marks,
      SegmentStore store)
      throws IOException {
    this.config = setup.config();
    this.seeds = seeds;
    this.problems = problems;
    this.codec = codec;
    this.marks = marks;
    this.store = store;
    this.ids = new EventIdIndex(setup.storage(), store, problems, seeds);
    this.recent = new RecentBlocks(config.recentBytes());
    this.ages =
        LogAges.open(setup.storage(), config.directory(), config.retentionAge(), setup.clock());
    ages.reached(store.end());
    this.unreadable = new UnreadableBlocks(setup.clock());
    this.retention = new Retention(store, marks, config, setup.guard(), ages);
    this.queue = new SubmissionQueue(config.queueBytes(), CommitPace.LONGEST, setup.clock());
    this.durableEnd = store.end();
    retention.resume();
    this.window = window(ids.restore(config.rememberedIds()));
    FreeSpace space = new FreeSpace(setup.storage(), config.minFreeBytes());
    space.look();
    this.committer =
        new Committer(
            new Committer.LogParts(
                space, config, setup.clock(), store, codec, marks, ids, seeds, recent),
            queue,
            window,
            lastIngestMicros(),
            this::published);
    this.maintenance = new LogMaintenance(ids, retention, space);
    this.committerThread = OwnedThread.platform("onex-log-committer", "log", committer::run);
  }

  /// Opens the log, repairs what a crash left behind and starts its two threads. Damage is named to
  /// `setup.problems()` and in [#state], never fatal.
  ///
  /// @throws IOException when the directory cannot be read or written at all
  public static SegmentedLog open(Setup setup) throws IOException {
    SegmentProblems problems = new SegmentProblems(setup.problems());
    IdSeeds seeds = FolderSecret.open(setup.storage(), setup.random(), problems);
    BlockCodec codec = new BlockCodec(setup.config().compression());
    LogMarks marks = LogMarks.open(setup.storage(), setup.config().directory());
    try {
      SegmentStore store =
          SegmentStore.open(
              setup.storage(),
              new SegmentOptions(setup.config().directory(), 0, setup.config().segmentBytes()),
              Math.max(marks.highWater(), setup.floor().offset()),
              problems,
              codec);
      SegmentedLog log = new SegmentedLog(setup, problems, seeds, codec, marks, store);
      var _ = log.committerThread.start();
      log.maintenance.start();
      return log;
    } catch (IOException e) {
      marks.close();
      codec.close();
      throw e;
    }
  }

  /// The window of the ids that come last in these segments.
  private DuplicateWindow window(List<SegmentIds> segments) {
    long all = segments.stream().mapToLong(SegmentIds::size).sum();
    DuplicateWindow filled =
        new DuplicateWindow(
            config.rememberedIds(), (int) Math.min(all, config.rememberedIds()), seeds);
    long skip = all - config.rememberedIds();
    for (SegmentIds segment : segments) {
      long micros = newestMicros(segment.firstPosition());
      int size = segment.size();
      for (int i = Math.clamp(skip, 0, size); i < size; i += RESTORED_TOGETHER) {
        filled.addNew(segment.keys(i, Math.min(size, i + RESTORED_TOGETHER)), micros);
      }
      skip -= size;
    }
    filled.settle();
    return filled;
  }

  private long newestMicros(long firstPosition) {
    return store.segments().stream()
        .filter(segment -> segment.firstPosition() == firstPosition)
        .mapToLong(SegmentSummary::newestMicros)
        .findFirst()
        .orElse(0);
  }

  private long lastIngestMicros() throws IOException {
    for (SegmentSummary segment : store.segments().reversed()) {
      if (segment.endPosition() > segment.firstPosition()) {
        try (LogReader reader = reader(new Position(0, segment.endPosition() - 1))) {
          List<Record> last = reader.read(1, 1).records();
          return last.isEmpty() ? segment.newestMicros() : last.getFirst().ingestTimeMicros();
        }
      }
    }
    return 0;
  }

  private void published(Committer.Commit commit) {
    ages.reached(commit.end());
    lock.lock();
    try {
      durableEnd = commit.end();
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
    if (commit.indexDue()) {
      maintenance.wake();
    }
  }

  /// A secret key of 32 bytes that follows from the secret of the data folder, one per purpose.
  public byte[] key(String purpose) {
    return seeds.key(purpose);
  }

  @Override
  public PreparedBatch prepare(RecordWriter batch) {
    return PreparedBatch.of(batch, codec, config.blockBytes(), seeds);
  }

  /// {@inheritDoc}
  ///
  /// An interrupted caller does not know whether its batch is appended; appending its records again
  /// is safe, because what is there already is answered as duplicate.
  @Override
  public PendingAppend begin(PreparedBatch batch) throws InterruptedException {
    batch.claim();
    if (batch.count() == 0) {
      return PendingAppend.done(new AppendResult(durableEnd(), durableEnd(), List.of(), 0));
    }
    Submission submission = new Submission(batch);
    if (!queue.put(submission)) {
      submission.fail(
          new LogUnavailableException(
              "the log is closed because the program is stopping; send this batch again when it is"
                  + " back",
              null));
    }
    return submission;
  }

  @Override
  public Position start() {
    return new Position(0, Math.min(retention.start(), durableEnd));
  }

  @Override
  public Position durableEnd() {
    return new Position(0, durableEnd);
  }

  @Override
  public long logTimeMicros() {
    return committer.logTimeMicros();
  }

  @Override
  public long oldestUnderWayMicros() {
    return queue.oldestMicros();
  }

  @Override
  public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (durableEnd <= position.offset() && !closed) {
        if (nanos <= 0) {
          return false;
        }
        nanos = advanced.awaitNanos(nanos);
      }
      return durableEnd > position.offset();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public LogReader reader(Position from) {
    return new SegmentedLogReader(
        this, store, recent, read, unreadable, Math.max(from.offset(), start().offset()));
  }

  @Override
  public Position positionAt(long ingestTimeMicros) {
    try (BlockReader reader = store.reader(1 << 16)) {
      long from = Math.max(store.positionOfBlockAt(ingestTimeMicros), start().offset());
      Optional<Block> found = from < durableEnd ? reader.read(from) : Optional.empty();
      if (found.isEmpty()) {
        return durableEnd();
      }
      byte[] raw = found.get().raw();
      long first = found.get().header().firstPosition();
      RecordRun run = RecordRun.of(raw, raw.length, found.get().header().count());
      for (int i = 0; run != null && i < run.count(); i++) {
        if (run.ingestTimeMicros(i) >= ingestTimeMicros) {
          return new Position(0, Math.max(from, first + i));
        }
      }
      return new Position(0, Math.max(from, first));
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be read at a time", e);
    }
  }

  /// The position of the record with this event id, without reading records; empty when none of the
  /// retained ones has it. One that was taken in comes before a conclusion. Reads index files, so
  /// it belongs on a platform thread.
  ///
  /// @throws IOException when an index cannot be read
  public Optional<Position> find(Slice eventId) throws IOException {
    Optional<Position> taken = find(IdRole.OWN, eventId);
    return taken.isPresent() ? taken : findConclusion(eventId);
  }

  /// As [#find], the position of the conclusion with this id.
  public Optional<Position> findConclusion(Slice eventId) throws IOException {
    return find(IdRole.CONCLUSION, eventId);
  }

  /// As [#find], the position of the record that names this event as its cause
  /// ([RecordWriter#cause]), however much later it was appended.
  public Optional<Position> findCausedBy(Slice eventId) throws IOException {
    return find(IdRole.CAUSE, eventId);
  }

  /// The positions of records that came with this event id but stand under another, because another
  /// record had it with other content ([RecordFlags#CONFLICTING]); the newest segment's first.
  ///
  /// @param most positions that are answered
  public List<Position> findConflicting(Slice eventId, int most) throws IOException {
    List<Position> positions = new ArrayList<>();
    EventKey key = EventKey.of(eventId);
    EventKey early = EventKey.early(eventId);
    for (EventKey each : key.equals(early) ? List.of(key) : List.of(key, early)) {
      for (long offset : ids.findAll(IdRole.SENT, each, most - positions.size())) {
        if (offset < durableEnd) {
          positions.add(new Position(0, offset));
        }
      }
    }
    return positions;
  }

  private Optional<Position> find(IdRole role, Slice eventId) throws IOException {
    EventKey key = EventKey.of(eventId);
    EventKey early = EventKey.early(eventId);
    OptionalLong found = ids.find(role, key);
    if (found.isEmpty() && !key.equals(early)) {
      found = ids.find(role, early);
    }
    return found.isPresent() && found.getAsLong() < durableEnd
        ? Optional.of(new Position(0, found.getAsLong()))
        : Optional.empty();
  }

  /// Removes what retention does not keep. The log does so by itself every few seconds.
  ///
  /// @throws IOException when cursors or marks could not be made durable; nothing was removed then
  public void enforceRetention() throws IOException {
    retention.enforce();
  }

  /// The signs of life of its threads. Waits for nothing.
  public List<Pulse> pulses() {
    return List.of(committerThread.pulse(), maintenance.pulse());
  }

  /// What the committer has done. Waits for no disk.
  public LogState.Appends appends() {
    return committer.totals();
  }

  /// Why an append would fail now; empty when it would not. Waits for no disk.
  public String unavailable() {
    return committer.unavailable();
  }

  /// The log as it is now.
  public LogState state() {
    List<SegmentSummary> segments = store.segments();
    double unread = retention.unreadFraction();
    return new LogState(
        start(),
        durableEnd(),
        store.epoch(),
        logTimeMicros(),
        segments.size(),
        segments.stream().mapToLong(SegmentSummary::bytes).sum(),
        unread,
        BacklogLevel.of(unread),
        recent.bytes(),
        new LogState.Duplicates(window.size(), window.oldestMicros()),
        committer.totals(),
        committer.unavailable(),
        maintenance.failure(),
        problems.counts(),
        problems.positionsLost(),
        problems.latest(),
        retention.overtaken());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
    committerThread.askToStop();
    queue.close();
    maintenance.close();
    committerThread.awaitEnd();
    closeFiles();
  }

  private void closeFiles() {
    store.close();
    try (codec;
        marks) {
      ids.writeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the log was closed, but its index or marks could not be written; they are made anew at"
              + " the next start",
          e);
    }
  }
}
