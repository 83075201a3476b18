package io.onex.log;

import io.onex.segment.Checksum;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// How old the records of the log are, in time the gateway has run since they were appended; or
/// whatever else has rising numbers and a folder of its own, such as dead letters.
///
/// Retention goes by this age: the wall clock may be set ahead by a year, for seconds or over a
/// restart, and nothing must be removed for that. The time run is counted by the monotonic clock
/// and kept in a small file beside the segments, with the end of the log at some of its moments;
/// what a kill or damage takes of it keeps records longer, never shorter. Safe for use by many
/// threads.
public final class LogAges {
  private static final int MAGIC = 0x474c584f; // "OXLG", little endian
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 20;
  private static final int MOST_MARKS = 512;
  private static final long FINEST_MICROS = 1_000_000;
  private static final long LONGEST_UNWRITTEN_MICROS = 3_600_000_000L;

  private final Storage storage;
  private final String path;
  private final Clock clock;
  private final long apartMicros;
  private final TreeMap<Long, Long> ends = new TreeMap<>();
  private long ranMicros;
  private long lastNanos;
  private long writtenMicros;
  private long latestEnd = Long.MIN_VALUE;
  private long latestEndMicros;
  private boolean unwritten;

  private LogAges(Storage storage, String directory, Duration maxAge, Clock clock) {
    this.storage = storage;
    this.path = directory + "/ages";
    this.clock = clock;
    this.apartMicros =
        Math.max(FINEST_MICROS, TimeUnit.MICROSECONDS.convert(maxAge) / (MOST_MARKS / 2));
    this.lastNanos = clock.monotonicNanos();
  }

  /// Reads what is known. A file that cannot be used is as good as none: all that is there is new.
  ///
  /// @param maxAge the age that will be asked for
  public static LogAges open(Storage storage, String directory, Duration maxAge, Clock clock)
      throws IOException {
    LogAges ages = new LogAges(storage, directory, maxAge, clock);
    if (storage.exists(ages.path)) {
      try (StorageFile file = storage.openForReading(ages.path)) {
        ages.read(file);
      }
    }
    return ages;
  }

  /// The log ends at `end` now. Cheap: called after every commit.
  public synchronized void reached(long end) {
    long now = clock.monotonicNanos();
    long passed = (now - lastNanos) / 1_000;
    ranMicros += passed;
    lastNanos += passed * 1_000;
    if (end != latestEnd) {
      latestEnd = end;
      latestEndMicros = ranMicros;
    }
    Map.Entry<Long, Long> last = ends.lastEntry();
    if (last == null
        || (end > last.getKey() && ranMicros - last.getValue() >= apartMicros)
        || end < last.getKey()) {
      // A log that recovered shorter: positions beyond its end are used again.
      ends.tailMap(end, false).clear();
      ends.put(end, latestEndMicros);
      unwritten = true;
    }
  }

  /// The position up to which all records are older than `age`; 0 when none is.
  public synchronized long olderThan(Duration age) {
    long latest = ranMicros - TimeUnit.MICROSECONDS.convert(age);
    long position = 0;
    for (Map.Entry<Long, Long> mark : ends.entrySet()) {
      if (mark.getValue() > latest) {
        break;
      }
      position = mark.getKey();
    }
    return position;
  }

  /// How long at least the record at `position` has been there, in microseconds of running.
  synchronized long ageMicros(long position) {
    Map.Entry<Long, Long> after = ends.higherEntry(position);
    return after == null ? 0 : ranMicros - after.getValue();
  }

  /// Forgets what is before `start`, and makes what is known durable.
  public synchronized void write(long start) throws IOException {
    // The mark at or before the start still bounds the records behind it.
    Long first = ends.floorKey(start);
    if (first != null) {
      ends.headMap(first, false).clear();
    }
    while (ends.size() > MOST_MARKS) {
      ends.pollFirstEntry();
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + 16 * ends.size() + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putInt(VERSION)
            .putInt(ends.size())
            .putLong(ranMicros);
    ends.forEach((end, ran) -> bytes.putLong(end).putLong(ran));
    bytes.putInt(Checksum.of(bytes.array(), 0, bytes.position()));
    String aside = path + ".new";
    storage.delete(aside);
    try (StorageFile file = storage.open(aside)) {
      file.write(bytes.flip(), 0);
      file.force();
    }
    storage.rename(aside, path);
    unwritten = false;
    writtenMicros = ranMicros;
  }

  /// Whether there is a mark that no file has, or an hour of running.
  public synchronized boolean isUnwritten() {
    return unwritten || (ranMicros - writtenMicros >= LONGEST_UNWRITTEN_MICROS && !ends.isEmpty());
  }

  /// Ages of which nothing is known yet.
  public static LogAges unknown(Storage storage, String directory, Duration maxAge, Clock clock) {
    return new LogAges(storage, directory, maxAge, clock);
  }

  private void read(StorageFile file) throws IOException {
    long size = file.size();
    if (size < HEADER_BYTES + Integer.BYTES || size > HEADER_BYTES + 16L * 2 * MOST_MARKS) {
      return;
    }
    ByteBuffer in = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    if (file.read(in, 0) != size) {
      return;
    }
    int checked = (int) size - Integer.BYTES;
    in.flip();
    if (in.getInt(checked) != Checksum.of(in.array(), 0, checked)
        || in.getInt() != MAGIC
        || in.getInt() != VERSION) {
      return;
    }
    int count = in.getInt();
    ranMicros = in.getLong();
    writtenMicros = ranMicros;
    for (int i = 0; i < count; i++) {
      ends.put(in.getLong(), in.getLong());
    }
  }
}
