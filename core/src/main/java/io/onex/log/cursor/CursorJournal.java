package io.onex.log.cursor;

import io.onex.log.Log;
import io.onex.log.Position;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The cursors, ledgers and states of all destinations in one append-only file.
///
/// [#save] writes and does not wait for the disk: what was saved survives kill -9 at once and a
/// power cut after the next [#flush], which [CursorJournalFlusher] calls at most every 200 ms. No
/// failure of the disk reaches the delivery loops: the latest entry of each destination is kept in
/// memory and written when the disk works again, and [#status] tells. A file that grew large is
/// replaced by one that holds the latest entries alone, and so is one whose fsync failed, because
/// after that nobody can say what it holds.
///
/// Format: `docs/reference/format/cursors.md`. Safe for use by many threads; each destination has
/// one owner that saves it.
public final class CursorJournal implements AutoCloseable {
  /// Name of the file in its directory.
  public static final String FILE_NAME = "cursors.journal";

  private static final long COMPACT_ABOVE_BYTES = 4 << 20;
  private static final long AWAY_WRITTEN_EVERY_MICROS = 10_000_000;

  private final Storage storage;
  private final String directory;
  private final Clock clock;
  private final String path;
  private final List<CursorEvent> recovery;
  private final Set<String> lost;
  private final long compactAboveBytes;

  /// Held while the file is forced or replaced, so that neither blocks [#save] for long. Taken
  /// before [#lock] when both are needed.
  private final ReentrantLock maintenance = new ReentrantLock();

  /// Guards all changes of what is below. Held while the file is written, so that those who only
  /// look at the latest states do not take it.
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, CursorEntry> latest =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> unwritten = new HashSet<>();
  private @Nullable CursorJournalFile file;
  private long sequence;
  private long compactAbove;
  private boolean doubtful;
  private boolean registered;
  private boolean rewrite;
  private boolean unforced;
  private boolean directoryUnforced;
  private long failedWrites;
  private long failedForces;
  private long compactions;
  private long failedCompactions;
  private Optional<String> lastFailure = Optional.empty();

  private CursorJournal(
      Storage storage,
      String directory,
      Clock clock,
      CursorRecovery found,
      @Nullable CursorJournalFile file,
      long compactAboveBytes) {
    this.storage = storage;
    this.directory = directory;
    this.clock = clock;
    this.path = directory + "/" + FILE_NAME;
    this.recovery = found.events();
    this.lost = new HashSet<>(found.lost());
    this.latest.putAll(found.entries());
    this.sequence = found.lastSequence();
    this.doubtful = found.doubtful();
    this.rewrite = found.doubtful();
    this.file = file;
    this.compactAboveBytes = compactAboveBytes;
    this.compactAbove = compactAboveBytes;
  }

  /// Reads what the journal in `directory` holds. Never fails: a journal that cannot be read is
  /// reported by [#recovery] and replaced with the first [#register].
  public static CursorJournal open(Storage storage, String directory, Clock clock) {
    return open(storage, directory, clock, COMPACT_ABOVE_BYTES);
  }

  /// The same with another size above which the file is replaced.
  public static CursorJournal open(
      Storage storage, String directory, Clock clock, long compactAboveBytes) {
    String path = directory + "/" + FILE_NAME;
    CursorRecovery found = CursorRecovery.nothing(List.of());
    CursorJournalFile journal = null;
    StorageFile file = null;
    try {
      if (storage.exists(path)) {
        file = storage.open(path);
        JournalFrame.Contents contents = JournalFrame.readAll(file);
        found = CursorRecovery.of(path, contents);
        journal = CursorJournalFile.at(file, contents.end());
      }
    } catch (IOException e) {
      CursorJournalFile.abandon(file == null ? null : CursorJournalFile.at(file, 0));
      String reason = "it cannot be read (" + e.getMessage() + ")";
      found = CursorRecovery.nothing(List.of(new CursorEvent.JournalUnusable(path, reason)));
    }
    return new CursorJournal(storage, directory, clock, found, journal, compactAboveBytes);
  }

  /// What was found wrong with the file when it was opened.
  public List<CursorEvent> recovery() {
    return recovery;
  }

  /// Gives each destination its cursor and forces them to disk, all or none.
  ///
  /// At the start this is called once with all configured destinations; when configuration changes,
  /// with those that were added or changed and whose loops do not run. One that the journal knows
  /// continues, a new one begins where `from` says, and one whose cursor is lost begins at the
  /// oldest retained record.
  ///
  /// @return one registration per request, in order
  public List<CursorRegistration> register(List<CursorRequest> requests, Log log) {
    List<CursorRegistration> registrations = new ArrayList<>();
    lock.lock();
    try {
      for (CursorRequest request : requests) {
        registrations.add(register(request, log));
      }
      doubtful = false;
      registered = true;
      registrations.forEach(each -> write(each.entry().destination()));
      writeRoster();
    } finally {
      lock.unlock();
    }
    flush();
    return List.copyOf(registrations);
  }

  private CursorRegistration register(CursorRequest request, Log log) {
    String name = request.destination();
    Optional<CursorEntry> known = Optional.ofNullable(latest.get(name));
    if (known.isEmpty()) {
      known = request.previously().flatMap(old -> Optional.ofNullable(latest.get(old)));
    }
    boolean wasLost =
        doubtful || lost.contains(name) || request.previously().filter(lost::contains).isPresent();
    CursorRegistration registration = CursorRegistration.decide(request, known, wasLost, log);
    known.ifPresent(entry -> latest.remove(entry.destination()));
    lost.remove(name);
    request.previously().ifPresent(lost::remove);
    latest.put(name, registration.entry());
    return registration;
  }

  /// Marks all destinations but `configured` as removed; their cursors are kept until [#letPass]
  /// forgets them.
  ///
  /// @return one event per destination that was not marked before
  public List<CursorEvent> retain(Set<String> configured) {
    List<CursorEvent> events = new ArrayList<>();
    lock.lock();
    try {
      for (CursorEntry entry : List.copyOf(latest.values())) {
        if (!configured.contains(entry.destination())
            && entry.standing() != CursorStanding.REMOVED) {
          put(entry.withStanding(CursorStanding.REMOVED, "no longer in the configuration"));
          events.add(new CursorEvent.Removed(entry.destination(), entry.cursor().lowWater()));
        }
      }
    } finally {
      lock.unlock();
    }
    return events;
  }

  /// Lets time pass for the destinations that are no longer configured, and forgets those that have
  /// been away for `grace`: one of that name is new from then on. Called now and then, by a clock
  /// that nobody sets. What a kill takes of the time away makes the grace longer, never shorter.
  ///
  /// @param moreMicros how long the gateway has run since the last call
  /// @return one event per destination whose grace has ended
  public List<CursorEvent> letPass(long moreMicros, Duration grace) {
    long graceMicros = TimeUnit.MICROSECONDS.convert(grace);
    List<CursorEvent> events = new ArrayList<>();
    lock.lock();
    try {
      for (CursorEntry entry : List.copyOf(latest.values())) {
        if (entry.standing() != CursorStanding.REMOVED) {
          continue;
        }
        CursorEntry now = entry.away(moreMicros);
        if (now.awayMicros() >= graceMicros) {
          latest.remove(now.destination());
          unwritten.remove(now.destination());
          writeRoster();
          events.add(new CursorEvent.Forgotten(now.destination(), now.cursor().lowWater()));
        } else if (now.awayMicros() / AWAY_WRITTEN_EVERY_MICROS
            != entry.awayMicros() / AWAY_WRITTEN_EVERY_MICROS) {
          put(now);
        } else {
          latest.put(now.destination(), now);
        }
      }
    } finally {
      lock.unlock();
    }
    return events;
  }

  /// Takes over the latest state of a destination and writes it, without waiting for the disk.
  ///
  /// @throws IllegalArgumentException when the destination was never registered
  public void save(CursorEntry entry) {
    lock.lock();
    try {
      if (!latest.containsKey(entry.destination())) {
        throw new IllegalArgumentException(
            "destination " + entry.destination() + " has no cursor: register it first");
      }
      put(entry);
    } finally {
      lock.unlock();
    }
  }

  /// Expires what is open below `newStart` of a destination that nobody delivers to.
  void expireBelow(String destination, Position newStart) {
    lock.lock();
    try {
      CursorEntry entry = latest.get(destination);
      if (entry != null) {
        put(entry.expireBelow(newStart));
      }
    } finally {
      lock.unlock();
    }
  }

  /// The latest state of a destination.
  public Optional<CursorEntry> find(String destination) {
    return Optional.ofNullable(latest.get(destination));
  }

  /// The latest states of all destinations, removed ones included.
  public List<CursorEntry> entries() {
    synchronized (latest) {
      return List.copyOf(latest.values());
    }
  }

  /// The furthest position that any cursor has seen: no position before it may be used again.
  public Position furthest() {
    return entries().stream()
        .map(entry -> entry.cursor().highWater())
        .max(Comparator.naturalOrder())
        .orElse(Position.START);
  }

  /// The low water of the destination that is furthest behind. One that is no longer configured
  /// counts for as long as it may come back.
  public Optional<Position> slowest() {
    return entries().stream()
        .map(entry -> entry.cursor().lowWater())
        .min(Comparator.naturalOrder());
  }

  public CursorJournalStatus status() {
    lock.lock();
    try {
      return new CursorJournalStatus(
          file == null ? 0 : file.end(),
          unwritten.size(),
          failedWrites,
          failedForces,
          compactions,
          failedCompactions,
          lastFailure);
    } finally {
      lock.unlock();
    }
  }

  /// Writes what could not be written before, and makes everything saved so far survive a power
  /// cut; replaces the file when it is large or not to be trusted. Blocks for the disk.
  ///
  /// @return whether all of it succeeded; if not, the next call tries again
  public boolean flush() {
    maintenance.lock();
    try {
      boolean replace;
      lock.lock();
      try {
        if (!registered) {
          return false;
        }
        List.copyOf(unwritten).forEach(this::write);
        replace = rewrite || file == null || file.end() > compactAbove;
      } finally {
        lock.unlock();
      }
      boolean durable = replace ? replace() || force() : force();
      lock.lock();
      try {
        boolean done = durable && unwritten.isEmpty() && !rewrite;
        if (done) {
          lastFailure = Optional.empty();
        }
        return done;
      } finally {
        lock.unlock();
      }
    } finally {
      maintenance.unlock();
    }
  }

  private boolean force() {
    CursorJournalFile current;
    lock.lock();
    try {
      current = file;
      if (current == null) {
        return false;
      }
      if (!unforced && !directoryUnforced) {
        return true;
      }
      unforced = false;
    } finally {
      lock.unlock();
    }
    try {
      current.force();
      forceDirectory();
      return true;
    } catch (IOException e) {
      lock.lock();
      try {
        failedForces++;
        rewrite = true;
        failed("fsync", e);
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
      Map<String, CursorEntry> copied;
      List<CursorCodec.Item> items;
      lock.lock();
      try {
        copied = new HashMap<>(latest);
        items = items();
      } finally {
        lock.unlock();
      }
      String aside = path + ".new";
      next = CursorJournalFile.create(storage, aside);
      for (CursorCodec.Item item : items) {
        next.append(CursorCodec.encode(item));
      }
      next.force();
      swap(next, aside, copied);
      return force();
    } catch (IOException e) {
      lock.lock();
      try {
        CursorJournalFile.abandon(next);
        failedCompactions++;
        compactAbove = (file == null ? 0 : file.end()) + compactAboveBytes / 4;
        failed("rewrite", e);
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
      for (CursorEntry entry : latest.values()) {
        if (!entry.equals(copied.get(entry.destination()))) {
          next.append(CursorCodec.encode(item(entry)));
        }
      }
      storage.rename(aside, path);
      CursorJournalFile.abandon(file);
      file = next.renamed(storage, path);
      unwritten.clear();
      rewrite = false;
      unforced = true;
      directoryUnforced = true;
      compactions++;
      compactAbove = Math.max(compactAboveBytes, 4 * next.end());
    } finally {
      lock.unlock();
    }
  }

  private void put(CursorEntry entry) {
    latest.put(entry.destination(), entry);
    write(entry.destination());
  }

  private void write(String destination) {
    CursorEntry entry = latest.get(destination);
    if (entry == null) {
      unwritten.remove(destination);
      return;
    }
    if (append(item(entry))) {
      unwritten.remove(destination);
    } else {
      unwritten.add(destination);
    }
  }

  private void writeRoster() {
    if (!append(roster())) {
      rewrite = true;
    }
  }

  private boolean append(CursorCodec.Item item) {
    // A file in doubt is not touched before it is replaced: until then the next start, too, has to
    // see that cursors may be lost.
    if (file == null || doubtful) {
      return false;
    }
    try {
      file.append(CursorCodec.encode(item));
      unforced = true;
      return true;
    } catch (IOException e) {
      failedWrites++;
      failed("write", e);
      return false;
    }
  }

  private List<CursorCodec.Item> items() {
    List<CursorCodec.Item> items = new ArrayList<>();
    items.add(roster());
    latest.values().forEach(entry -> items.add(item(entry)));
    return items;
  }

  private CursorCodec.Item roster() {
    Set<String> names = new HashSet<>(latest.keySet());
    names.addAll(lost);
    return new CursorCodec.Item.Roster(++sequence, names);
  }

  private CursorCodec.Item item(CursorEntry entry) {
    return new CursorCodec.Item.Entry(++sequence, clock.wallMicros(), entry);
  }

  private void failed(String what, IOException e) {
    lastFailure = Optional.of(what + " of " + path + " failed: " + e.getMessage());
  }

  /// Makes everything saved survive a power cut, if the disk allows, and closes the file.
  @Override
  public void close() {
    flush();
    maintenance.lock();
    try {
      lock.lock();
      try {
        CursorJournalFile.abandon(file);
        file = null;
        registered = false;
      } finally {
        lock.unlock();
      }
    } finally {
      maintenance.unlock();
    }
  }
}
