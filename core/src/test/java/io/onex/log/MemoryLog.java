package io.onex.log;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.segment.BlockCodec;
import io.onex.segment.Compression;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A log in memory whose every append is durable, for tests of those who read it.
public final class MemoryLog implements Log {
  private static final int BLOCK_BYTES = 384 << 10;

  private final BlockCodec codec = new BlockCodec(Compression.NONE);
  private final List<byte[]> records = new ArrayList<>();
  private final List<Slice> ids = new ArrayList<>();
  private final Set<Slice> known = new HashSet<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final Condition changed = changing.newCondition();
  private long firstRetained;
  private boolean full;
  private boolean late;
  private long underWayMicros = Long.MAX_VALUE;
  private boolean closed;

  /// A log of `records` events that carry their ordinal as id.
  public static MemoryLog of(int records) {
    MemoryLog log = new MemoryLog();
    log.addEvents(records);
    return log;
  }

  public void addEvents(int count) {
    for (int i = 0; i < count; i++) {
      addEvent("event-" + durableEnd().offset(), "{}");
    }
  }

  public void addEvent(String id, String body) {
    addEvent(id, body, durableEnd().offset() + 1);
  }

  public void addEvent(String id, String body, long ingestTimeMicros) {
    RecordWriter writer = new RecordWriter(128);
    writer.begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8(id), ingestTimeMicros, 0);
    Slice bytes = Slice.utf8(body);
    writer.body(bytes.array(), bytes.offset(), bytes.length()).end();
    add(prepare(writer));
    announce();
  }

  /// A record of this ingest time waits for the disk; [Long#MAX_VALUE] for none.
  public synchronized void underWay(long ingestTimeMicros) {
    underWayMicros = ingestTimeMicros;
  }

  @Override
  public synchronized long oldestUnderWayMicros() {
    return underWayMicros;
  }

  public synchronized void retainFrom(long offset) {
    firstRetained = offset;
  }

  /// The log recovers with its first `count` records only.
  public synchronized void shortenTo(int count) {
    records.subList(count, records.size()).clear();
    ids.subList(count, ids.size()).forEach(known::remove);
    ids.subList(count, ids.size()).clear();
    firstRetained = Math.min(firstRetained, count);
  }

  /// Duplicates of what was appended so far are no longer recognised.
  public synchronized void forgetIds() {
    known.clear();
  }

  public synchronized void full(boolean isFull) {
    full = isFull;
  }

  public synchronized List<String> idsOf(RecordKind kind) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (record(i).kind() == kind) {
        found.add(ids.get(i).utf8());
      }
    }
    return found;
  }

  /// From now on a batch is appended when somebody waits for it, not when it is handed over.
  public synchronized void late(boolean isLate) {
    late = isLate;
  }

  @Override
  public synchronized PendingAppend begin(PreparedBatch batch) {
    try {
      return late ? new Late(batch) : PendingAppend.done(append(batch));
    } catch (LogUnavailableException e) {
      // Whoever waits is told again, if it is so then.
      return new Late(batch);
    }
  }

  private final class Late implements PendingAppend {
    private final PreparedBatch batch;

    Late(PreparedBatch batch) {
      this.batch = batch;
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public AppendResult await() throws LogUnavailableException {
      return append(batch);
    }
  }

  @Override
  public PreparedBatch prepare(RecordWriter batch) {
    return PreparedBatch.of(batch, codec, BLOCK_BYTES, new IdSeeds(1, 2, 3, 4));
  }

  @Override
  public AppendResult append(PreparedBatch batch) throws LogUnavailableException {
    AppendResult result;
    synchronized (this) {
      if (full) {
        throw new LogUnavailableException("the disk is full", new IOException("no space"));
      }
      Position start = durableEnd();
      List<AppendResult.Duplicate> duplicates = add(batch);
      result = new AppendResult(start, durableEnd(), duplicates, 0);
    }
    announce();
    return result;
  }

  private synchronized List<AppendResult.Duplicate> add(PreparedBatch batch) {
    List<AppendResult.Duplicate> duplicates = new ArrayList<>();
    int index = 0;
    for (PreparedBatch.Piece piece : batch.pieces()) {
      RecordRun run = piece.run();
      for (int i = 0; i < run.count(); i++) {
        byte[] bytes = Arrays.copyOfRange(run.array(), run.start(i), run.start(i) + run.length(i));
        Slice id = new RecordFrame(bytes, 0, Position.START).eventId();
        if (!known.add(id)) {
          duplicates.add(new AppendResult.Duplicate(index, true));
        } else {
          records.add(bytes);
          ids.add(id);
        }
        index++;
      }
    }
    return duplicates;
  }

  private Record record(int offset) {
    return Record.of(new RecordFrame(records.get(offset), 0, new Position(0, offset)));
  }

  @Override
  public synchronized Position start() {
    return new Position(0, firstRetained);
  }

  @Override
  public synchronized Position durableEnd() {
    return new Position(0, records.size());
  }

  @Override
  public synchronized long logTimeMicros() {
    return records.isEmpty() ? 0 : record(records.size() - 1).ingestTimeMicros();
  }

  @Override
  public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
    long remaining = timeout.toNanos();
    changing.lock();
    try {
      while (durableEnd().compareTo(position) <= 0 && !isClosed() && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
      }
    } finally {
      changing.unlock();
    }
    return durableEnd().compareTo(position) > 0;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void announce() {
    changing.lock();
    try {
      changed.signalAll();
    } finally {
      changing.unlock();
    }
  }

  @Override
  public synchronized LogReader reader(Position from) {
    return new Reader(from);
  }

  @Override
  public synchronized Position positionAt(long ingestTimeMicros) {
    for (int i = (int) firstRetained; i < records.size(); i++) {
      if (record(i).ingestTimeMicros() >= ingestTimeMicros) {
        return new Position(0, i);
      }
    }
    return durableEnd();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    announce();
  }

  private final class Reader implements LogReader {
    private Position position;

    Reader(Position from) {
      seek(from);
    }

    @Override
    public RecordBatch read(int maxRecords, int maxBytes) {
      synchronized (MemoryLog.this) {
        Position from = position;
        List<Record> batch = new ArrayList<>();
        while (position.compareTo(durableEnd()) < 0 && batch.size() < maxRecords) {
          batch.add(record((int) position.offset()));
          position = position.plus(1);
        }
        return new RecordBatch(batch, from, position);
      }
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public RecordBatch readInMemory(int maxRecords, int maxBytes) {
      return read(maxRecords, maxBytes);
    }

    @Override
    public void seek(Position target) {
      position = target.compareTo(start()) < 0 ? start() : target;
    }

    @Override
    public void close() {}
  }
}
