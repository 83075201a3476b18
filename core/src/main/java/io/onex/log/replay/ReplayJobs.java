package io.onex.log.replay;

import io.onex.bytes.Slice;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.ReplayProgress;
import io.onex.log.journal.JournalFileName;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The replays that were asked for, a small file each, and how they ended. How far the one at hand
/// has come stands in the cursor journal ([ReplayProgress]).
///
/// What [#create] and [#cancel] return from survives a power cut. An end that cannot be written
/// stands in memory and is written by [#retain]; until then a restart finds the replay complete and
/// ends it again. Format: `docs/reference/format/replays.md`. Safe for use by many threads; blocks
/// for the disk.
public final class ReplayJobs {
  /// Ended replays that are remembered.
  static final int KEPT = 200;

  private static final JournalFileName NAME = new JournalFileName(".replay");

  private final Storage storage;
  private final String directory;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, ReplayJob> jobs = new TreeMap<>();
  private final Map<Long, ReplayEnd> unwritten = new HashMap<>();
  private long lastId;

  private ReplayJobs(Storage storage, String directory, Clock clock) {
    this.storage = storage;
    this.directory = directory;
    this.clock = clock;
  }

  /// Reads the replays in `directory`. A file that cannot be read is passed over, and its id not
  /// used again.
  ///
  /// @throws IOException when the directory cannot be listed
  public static ReplayJobs open(Storage storage, String directory, Clock clock) throws IOException {
    ReplayJobs found = new ReplayJobs(storage, directory, clock);
    for (String name : storage.list(directory)) {
      Optional<Long> id = NAME.number(name);
      if (id.isPresent()) {
        found.lastId = Math.max(found.lastId, id.get());
        found.read(id.get());
      }
    }
    return found;
  }

  private void read(long id) {
    try (StorageFile file = storage.openForReading(path(id))) {
      ReplayCodec.read(JournalFrame.readAll(file).frames()).ifPresent(job -> jobs.put(id, job));
    } catch (IOException e) {
      // Nothing can be replayed that nobody can read; whoever asked asks again.
      jobs.remove(id);
    }
  }

  /// Takes a replay on.
  ///
  /// @throws IOException when it cannot be made durable; there is none then
  public ReplayJob create(String destination, ReplaySource source) throws IOException {
    lock.lock();
    try {
      // Taken even when the write fails: should it surface after a power cut, no id is there twice.
      long id = ++lastId;
      ReplayJob job =
          new ReplayJob(id, destination, source, clock.wallMicros(), false, Optional.empty());
      append(id, ReplayCodec.job(job));
      storage.forceDirectory(directory);
      jobs.put(id, job);
      return job;
    } finally {
      lock.unlock();
    }
  }

  /// All that are remembered, oldest first.
  public List<ReplayJob> list() {
    lock.lock();
    try {
      return List.copyOf(jobs.values());
    } finally {
      lock.unlock();
    }
  }

  public Optional<ReplayJob> find(long id) {
    lock.lock();
    try {
      return Optional.ofNullable(jobs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// The replay of `destination` that is at hand or comes next.
  public Optional<ReplayJob> next(String destination) {
    return list().stream()
        .filter(ReplayJob::isOpen)
        .filter(job -> job.destination().equals(destination))
        .findFirst();
  }

  /// Notes durably that an open replay is cancelled; whoever runs it has to end it.
  ///
  /// @return the replay, also when it had ended before; empty when there is none
  /// @throws IOException when that cannot be written; it goes on
  public Optional<ReplayJob> cancel(long id) throws IOException {
    lock.lock();
    try {
      ReplayJob job = jobs.get(id);
      if (job != null && job.isOpen() && !job.cancelled()) {
        append(id, ReplayCodec.cancelled(clock.wallMicros()));
        jobs.put(id, job.cancel());
      }
      return Optional.ofNullable(jobs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a replay has ended; once is enough.
  ///
  /// @param reason why it failed, otherwise empty
  public void end(long id, ReplayEnd.State state, ReplayProgress progress, String reason) {
    lock.lock();
    try {
      ReplayJob job = jobs.get(id);
      if (job != null && job.isOpen()) {
        ReplayEnd end = new ReplayEnd(state, clock.wallMicros(), progress, reason);
        jobs.put(id, job.ended(end));
        unwritten.put(id, end);
        retain();
      }
    } finally {
      lock.unlock();
    }
  }

  /// `entry` as it stands with all replays counted that have ended: after a power cut it may be
  /// older than their ends, which are forced.
  public CursorEntry settled(CursorEntry entry) {
    CursorEntry settled = entry;
    for (ReplayJob job : list()) {
      long last = settled.replay().map(ReplayProgress::job).orElse(0L);
      boolean isOf = job.destination().equals(entry.destination());
      // One that was cancelled before it began has nothing to count, and may be later in the row
      // than the one at hand.
      boolean counts = job.end().filter(end -> end.progress().counts().settled() > 0).isPresent();
      if (isOf && counts && job.id() >= last) {
        settled = settled.withReplay(job.end().orElseThrow().progress());
      }
    }
    return settled;
  }

  /// Writes ends that could not be written before, and forgets the oldest that have ended. Called
  /// now and then by the owner; what fails is tried again with the next call.
  public void retain() {
    lock.lock();
    try {
      for (Map.Entry<Long, ReplayEnd> each : Map.copyOf(unwritten).entrySet()) {
        append(each.getKey(), ReplayCodec.ended(each.getValue()));
        unwritten.remove(each.getKey());
      }
      List<Long> ended =
          jobs.values().stream().filter(job -> !job.isOpen()).map(ReplayJob::id).toList();
      for (long id : ended.subList(0, Math.max(0, ended.size() - KEPT))) {
        storage.delete(path(id));
        jobs.remove(id);
      }
    } catch (IOException e) {
      // The state in memory is right; the next call writes it.
      return;
    } finally {
      lock.unlock();
    }
  }

  /// Appends one frame to the file of a replay and forces it.
  private void append(long id, Slice payload) throws IOException {
    try (StorageFile file = storage.open(path(id))) {
      long end = JournalFrame.readAll(file).end();
      file.write(JournalFrame.encode(payload, end), end);
      file.force();
    }
  }

  private String path(long id) {
    return directory + "/" + NAME.of(id);
  }
}
