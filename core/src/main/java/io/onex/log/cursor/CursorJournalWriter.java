package io.onex.log.cursor;

import io.onex.bytes.Slice;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import io.onex.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Brings the latest entries of a cursor journal to the disk: into the journal itself or, where it
/// cannot be written, into the reserve, and back when it can.
///
/// [#write] is called with the lock of the journal held, [#flush] by one thread at a time without
/// it.
final class CursorJournalWriter {
  /// A file that is not kept free yet, or not long enough, is tried for at most this often.
  private static final long PREPARE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Storage storage;
  private final String directory;
  private final String path;
  private final Clock clock;
  private final ReentrantLock lock;
  private final CursorStates states;
  private final CursorReserve reserve;
  private final CursorFailures failures;
  private final long compactAboveBytes;

  /// Destinations whose latest entry is in memory alone.
  private final Set<String> unwritten = new HashSet<>();

  /// Destinations whose latest entry is in the reserve and not in the journal.
  private final Set<String> reserved = new HashSet<>();

  private @Nullable CursorJournalFile file;
  private long compactAbove;
  private boolean rewrite;

  /// Whether the journal can be neither trusted nor replaced: the reserve says everything, and what
  /// is written goes there.
  private boolean covered;

  private boolean unforced;
  private boolean directoryUnforced;

  /// Bytes of what was written last of each destination.
  private final Map<String, Integer> sizes = new HashMap<>();

  private volatile CursorJournalStatus lastStatus;
  private long nextPrepareNanos;
  private long compactions;

  CursorJournalWriter(
      Storage storage,
      String directory,
      Clock clock,
      ReentrantLock lock,
      CursorStates states,
      @Nullable CursorJournalFile file,
      CursorReserve reserve,
      boolean rewrite,
      long compactAboveBytes) {
    this.storage = storage;
    this.directory = directory;
    this.path = directory + "/" + CursorJournal.FILE_NAME;
    this.clock = clock;
    this.lock = lock;
    this.states = states;
    this.file = file;
    this.reserve = reserve;
    this.failures = new CursorFailures(path);
    this.rewrite = rewrite;
    this.compactAboveBytes = compactAboveBytes;
    this.compactAbove = compactAboveBytes;
    this.nextPrepareNanos = clock.monotonicNanos();
    this.lastStatus = status();
  }

  /// Writes the latest entry of a destination, without waiting for the disk.
  void write(String destination) {
    Optional<CursorEntry> entry = states.find(destination);
    unwritten.remove(destination);
    if (entry.isEmpty()) {
      reserved.remove(destination);
      sizes.remove(destination);
      return;
    }
    Slice payload = CursorCodec.encode(states.item(entry.get()));
    sizes.put(destination, payload.length() + JournalFrame.HEADER_BYTES);
    if (toJournal(payload)) {
      reserved.remove(destination);
    } else if (toReserve(payload)) {
      reserved.add(destination);
    } else {
      unwritten.add(destination);
    }
  }

  /// Writes the names of all destinations; what fails is made good with a new file.
  void writeRoster() {
    Slice payload = CursorCodec.encode(states.roster());
    if (!toJournal(payload)) {
      rewrite = true;
      boolean _ = toReserve(payload);
    }
  }

  private boolean toJournal(Slice payload) {
    CursorJournalFile current = file;
    if (current == null || covered) {
      return false;
    }
    try {
      current.append(payload);
      unforced = true;
      return true;
    } catch (IOException e) {
      failures.write(e);
      return false;
    }
  }

  private boolean toReserve(Slice payload) {
    if (reserve.capacity() == 0 || reserve.hasFailed()) {
      return false;
    }
    try {
      reserve.append(payload, this::everything);
      return true;
    } catch (IOException e) {
      failures.reserve(e);
      return false;
    }
  }

  private List<Slice> everything() {
    return states.items().stream().map(CursorCodec::encode).toList();
  }

  /// As [CursorJournal#flush].
  boolean flush() {
    boolean replace;
    boolean settled;
    lock.lock();
    try {
      reserve.tryAgain();
      if (!covered) {
        List.copyOf(reserved).forEach(this::write);
      }
      List.copyOf(unwritten).forEach(this::write);
      replace = rewrite || file == null || file.end() > compactAbove;
      settled = reserved.isEmpty();
    } finally {
      lock.unlock();
    }
    boolean replaced = replace && replace();
    if (replace && !replaced) {
      cover();
    }
    boolean durable = force();
    lock.lock();
    try {
      boolean done = durable && unwritten.isEmpty() && (!rewrite || covered);
      if (done && (settled || replaced) && reserved.isEmpty() && !rewrite) {
        failures.over();
        forgetReserve();
      }
      lastStatus = status();
      return done;
    } finally {
      lock.unlock();
    }
  }

  /// Has the reserve say everything while a journal that has to be replaced cannot be.
  private void cover() {
    lock.lock();
    try {
      if (!rewrite || covered || reserve.capacity() == 0) {
        return;
      }
      reserve.begin(everything());
      covered = true;
      unwritten.clear();
      reserved.addAll(states.names());
    } catch (IOException e) {
      failures.reserve(e);
    } finally {
      lock.unlock();
    }
  }

  /// What stands in the journal durably need not stand here; and a position that the log uses again
  /// must not be spoken of by what was settled before.
  private void forgetReserve() {
    if (reserve.isUsed()) {
      try {
        reserve.clear();
      } catch (IOException e) {
        failures.reserve(e);
      }
    }
  }

  /// Keeps room for everything four times over, if there is some. Blocks for the disk.
  void prepare() {
    long wanted;
    lock.lock();
    try {
      // The roster is shorter than all entries together.
      long everything = 2 * sizes.values().stream().mapToLong(Integer::longValue).sum();
      wanted = Math.max(compactAboveBytes / 4, 2 * everything);
      if (reserve.capacity() >= Math.min(wanted, CursorReserve.MOST_BYTES)
          || rewrite
          || reserve.isUsed()
          || clock.monotonicNanos() - nextPrepareNanos < 0) {
        return;
      }
      nextPrepareNanos = clock.monotonicNanos() + PREPARE_EVERY_NANOS;
    } finally {
      lock.unlock();
    }
    try {
      // More than is needed now, so that it does not grow with each longer entry.
      Runnable prepared = reserve.prepare(wanted + wanted / 2);
      lock.lock();
      try {
        prepared.run();
      } finally {
        lock.unlock();
      }
    } catch (IOException e) {
      lock.lock();
      try {
        failures.reserve(e);
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean force() {
    CursorJournalFile current;
    List<CursorReserveFile> reserves;
    boolean journalToo;
    lock.lock();
    try {
      current = file;
      reserves = reserve.takeUnforced();
      journalToo = !covered && (unforced || directoryUnforced);
      unforced &= !journalToo;
    } finally {
      lock.unlock();
    }
    boolean reserveDone = forceReserve(reserves);
    if (covered) {
      return reserveDone;
    }
    return reserveDone && current != null && (!journalToo || forceJournal(current));
  }

  private boolean forceReserve(List<CursorReserveFile> reserves) {
    try {
      for (CursorReserveFile each : reserves) {
        each.force();
      }
      return true;
    } catch (IOException e) {
      lock.lock();
      try {
        reserve.distrust();
        covered = false;
        unwritten.addAll(reserved);
        reserved.clear();
        failures.reserve(e);
      } finally {
        lock.unlock();
      }
      return false;
    }
  }

  private boolean forceJournal(CursorJournalFile current) {
    try {
      current.force();
      forceDirectory();
      return true;
    } catch (IOException e) {
      lock.lock();
      try {
        rewrite = true;
        failures.force(e);
      } finally {
        lock.unlock();
      }
      return false;
    }
  }

  private void forceDirectory() throws IOException {
    if (directoryUnforced) {
      storage.forceDirectory(directory);
      directoryUnforced = false;
    }
  }

  /// Writes a new file with the latest entries, forces it and gives it the name of the old one.
  private boolean replace() {
    CursorJournalFile next = null;
    try {
      Map<String, CursorEntry> copied = new HashMap<>();
      List<Slice> everything;
      lock.lock();
      try {
        states.entries().forEach(entry -> copied.put(entry.destination(), entry));
        everything = everything();
      } finally {
        lock.unlock();
      }
      String aside = path + ".new";
      next = CursorJournalFile.create(storage, aside, everything);
      swap(next, aside, copied);
      return true;
    } catch (IOException e) {
      lock.lock();
      try {
        CursorJournalFile.abandon(next);
        compactAbove = (file == null ? 0 : file.end()) + compactAboveBytes / 4;
        failures.compaction(e);
      } finally {
        lock.unlock();
      }
      return false;
    }
  }

  /// Entries saved since the copy was taken follow it; from the rename on, all go to the new file.
  private void swap(CursorJournalFile next, String aside, Map<String, CursorEntry> copied)
      throws IOException {
    lock.lock();
    try {
      for (CursorEntry entry : states.entries()) {
        if (!entry.equals(copied.get(entry.destination()))) {
          next.append(CursorCodec.encode(states.item(entry)));
        }
      }
      storage.rename(aside, path);
      CursorJournalFile.abandon(file);
      file = next.renamed(storage, path);
      unwritten.clear();
      reserved.clear();
      covered = false;
      rewrite = false;
      unforced = true;
      directoryUnforced = true;
      compactions++;
      compactAbove = Math.max(compactAboveBytes, 4 * next.end());
    } finally {
      lock.unlock();
    }
  }

  CursorJournalStatus lastStatus() {
    return lastStatus;
  }

  CursorJournalStatus status() {
    return new CursorJournalStatus(
        file == null ? 0 : file.end(),
        unwritten.size(),
        reserved.size(),
        reserve.capacity(),
        failures.writes(),
        failures.forces(),
        compactions,
        failures.compactions(),
        failures.last());
  }

  void close() {
    CursorJournalFile.abandon(file);
    file = null;
    reserve.close();
  }
}
