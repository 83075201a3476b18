package io.onex.log.cursor;

import io.onex.log.Log;
import io.onex.log.Position;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.NotAFileException;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The cursors, ledgers and states of all destinations in one append-only file.
///
/// [#save] writes and does not wait for the disk: what was saved survives kill -9 at once and a
/// power cut after the next [#flush], which [CursorJournalFlusher] calls at most every 200 ms. No
/// failure of the disk reaches the delivery loops: while the disk is full, entries go where room
/// was kept for them beforehand; where that cannot be written either, the latest entry of each
/// destination is kept in memory and written when the disk works again, and [#status] tells. A file
/// that grew large is replaced by one that holds the latest entries alone, and so is one whose
/// fsync failed, because after that nobody can say what it holds.
///
/// Format: `docs/reference/format/cursors.md`. Safe for use by many threads; each destination has
/// one owner that saves it.
public final class CursorJournal implements AutoCloseable {
  /// Name of the file in its directory.
  public static final String FILE_NAME = "cursors.journal";

  private static final long COMPACT_ABOVE_BYTES = 4 << 20;
  private static final long AWAY_WRITTEN_EVERY_MICROS = 10_000_000;

  private final List<CursorEvent> recovery;

  /// Held while the file is forced or replaced, so that neither blocks [#save] for long. Taken
  /// before [#lock] when both are needed.
  private final ReentrantLock maintenance = new ReentrantLock();

  /// Guards all changes of what is below. Held while the file is written, so that those who only
  /// look at the latest states do not take it.
  private final ReentrantLock lock = new ReentrantLock();

  private final CursorStates states;
  private final CursorJournalWriter writer;
  private boolean doubtful;
  private boolean registered;

  private CursorJournal(
      Storage storage,
      String directory,
      Clock clock,
      CursorRecovery found,
      @Nullable CursorJournalFile file,
      CursorReserve reserve,
      long compactAboveBytes) {
    this.recovery = found.events();
    this.doubtful = found.doubtful();
    this.states = new CursorStates(clock, found);
    this.writer =
        new CursorJournalWriter(
            storage,
            directory,
            clock,
            lock,
            states,
            file,
            reserve,
            found.doubtful(),
            compactAboveBytes);
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
    CursorReserve reserve = CursorReserve.open(storage, directory);
    CursorRecovery found = CursorRecovery.nothing(List.of()).and(reserve);
    CursorJournalFile journal = null;
    StorageFile file = null;
    try {
      // Something else in its place is a journal that is gone, not a folder that is new.
      storage.openForReading(path).close();
      file = storage.open(path);
      JournalFrame.Contents contents = JournalFrame.readAll(file);
      found = CursorRecovery.of(path, contents, reserve);
      journal = CursorJournalFile.at(file, contents.end());
    } catch (NotAFileException e) {
      found =
          CursorRecovery.nothing(
                  List.of(new CursorEvent.JournalUnusable(path, String.valueOf(e.getReason()))))
              .and(reserve);
    } catch (NoSuchFileException e) {
      // A new folder, or one whose journal was removed.
    } catch (IOException e) {
      CursorJournalFile.abandon(file == null ? null : CursorJournalFile.at(file, 0));
      String reason = "it cannot be read (" + e.getMessage() + ")";
      found =
          CursorRecovery.nothing(List.of(new CursorEvent.JournalUnusable(path, reason)))
              .and(reserve);
    }
    return new CursorJournal(storage, directory, clock, found, journal, reserve, compactAboveBytes);
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
      registrations.forEach(each -> writer.write(each.entry().destination()));
      writer.writeRoster();
    } finally {
      lock.unlock();
    }
    flush();
    return List.copyOf(registrations);
  }

  private CursorRegistration register(CursorRequest request, Log log) {
    String name = request.destination();
    Optional<CursorEntry> known = states.find(name);
    if (known.isEmpty()) {
      known = request.previously().flatMap(states::find);
    }
    boolean wasLost =
        doubtful || states.isLost(name) || request.previously().filter(states::isLost).isPresent();
    CursorRegistration registration = CursorRegistration.decide(request, known, wasLost, log);
    known.ifPresent(entry -> states.forget(entry.destination()));
    states.found(name);
    request.previously().ifPresent(states::found);
    states.put(registration.entry());
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
      for (CursorEntry entry : states.entries()) {
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
      for (CursorEntry entry : states.entries()) {
        if (entry.standing() != CursorStanding.REMOVED) {
          continue;
        }
        CursorEntry now = entry.away(moreMicros);
        if (now.awayMicros() >= graceMicros) {
          states.forget(now.destination());
          writer.write(now.destination());
          writer.writeRoster();
          events.add(new CursorEvent.Forgotten(now.destination(), now.cursor().lowWater()));
        } else if (now.awayMicros() / AWAY_WRITTEN_EVERY_MICROS
            != entry.awayMicros() / AWAY_WRITTEN_EVERY_MICROS) {
          put(now);
        } else {
          states.put(now);
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
      if (states.find(entry.destination()).isEmpty()) {
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
      states.find(destination).ifPresent(entry -> put(entry.expireBelow(newStart)));
    } finally {
      lock.unlock();
    }
  }

  /// The latest state of a destination.
  public Optional<CursorEntry> find(String destination) {
    return states.find(destination);
  }

  /// The latest states of all destinations, removed ones included.
  public List<CursorEntry> entries() {
    return states.entries();
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

  /// The same as at the last [#flush], without waiting for a disk that does not answer.
  public CursorJournalStatus lastStatus() {
    return writer.lastStatus();
  }

  public CursorJournalStatus status() {
    lock.lock();
    try {
      return writer.status();
    } finally {
      lock.unlock();
    }
  }

  private void put(CursorEntry entry) {
    states.put(entry);
    writer.write(entry.destination());
  }

  /// Writes what could not be written before, and makes everything saved so far survive a power
  /// cut; replaces the file when it is large or not to be trusted. Blocks for the disk.
  ///
  /// @return whether all of it succeeded; if not, the next call tries again
  public boolean flush() {
    maintenance.lock();
    try {
      lock.lock();
      try {
        if (!registered) {
          return false;
        }
      } finally {
        lock.unlock();
      }
      boolean done = writer.flush();
      writer.prepare();
      return done;
    } finally {
      maintenance.unlock();
    }
  }

  /// Makes everything saved survive a power cut, if the disk allows, and closes the file.
  @Override
  public void close() {
    flush();
    maintenance.lock();
    try {
      lock.lock();
      try {
        writer.close();
        registered = false;
      } finally {
        lock.unlock();
      }
    } finally {
      maintenance.unlock();
    }
  }
}
