package io.onex.log.journal;

import io.onex.log.Position;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What became of each record at one destination, when, and at which attempt: what `onex why` reads
/// instead of the log.
///
/// A witness, not the truth: the cursor decides what is settled. Entries are written at once and
/// not forced, so a power cut may take the last ones; a disk that fails delays them, and never the
/// delivery. Neighbours that ended alike within a second are one entry.
///
/// Format: `docs/reference/format/delivery-journal.md`. Safe for use by many threads. [#lookup]
/// reads the disk and belongs on a platform thread.
public final class DeliveryJournal implements AutoCloseable {
  /// Bytes kept per destination by default: ten days of one entry per second.
  public static final long RETAINED_BYTES = 32L << 20;

  private static final JournalFileName NAME = new JournalFileName(".deliveries");
  private static final int FILE_ENTRIES = 28_000;
  private static final int MAX_WAITING = 10_000;

  private final Storage storage;
  private final String folder;
  private final long retainedBytes;
  private final int fileEntries;

  /// Held while files that are complete are read or dropped on request, so that neither delays
  /// [#append]. Taken before [#lock].
  private final ReentrantLock reading = new ReentrantLock();

  /// Guards everything below.
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<DeliveryJournalFile> files = new ArrayDeque<>();
  private final Deque<DeliveryJournalEntry> waiting = new ArrayDeque<>();
  private @Nullable StorageFile appending;
  private @Nullable DeliveryJournalEntry last;
  private long nextNumber;
  private long forgotten;
  private Optional<String> lastFailure = Optional.empty();

  private DeliveryJournal(Storage storage, String folder, long retainedBytes, int fileEntries) {
    this.storage = storage;
    this.folder = folder;
    this.retainedBytes = retainedBytes;
    this.fileEntries = fileEntries;
  }

  /// Opens the journal of `destination` in its folder below `directory`. Reads names and sizes
  /// only; each start begins a new file, so a torn end is never appended to.
  public static DeliveryJournal open(Storage storage, String directory, String destination) {
    return open(storage, directory, destination, RETAINED_BYTES, FILE_ENTRIES);
  }

  static DeliveryJournal open(
      Storage storage, String directory, String destination, long retainedBytes, int fileEntries) {
    String folder = directory + "/" + JournalFolder.of(destination);
    DeliveryJournal journal = new DeliveryJournal(storage, folder, retainedBytes, fileEntries);
    try {
      journal.findFiles();
    } catch (IOException e) {
      journal.lastFailure = Optional.of("reading " + folder + " failed: " + e.getMessage());
    }
    return journal;
  }

  private void findFiles() throws IOException {
    for (String name : storage.list(folder)) {
      Optional<Long> number = NAME.number(name);
      if (number.isEmpty()) {
        continue;
      }
      nextNumber = Math.max(nextNumber, number.get() + 1);
      String path = folder + "/" + name;
      try (StorageFile file = storage.openForReading(path)) {
        files.add(new DeliveryJournalFile(path, file.size()));
      }
    }
  }

  /// Takes note of an entry and writes it without waiting for the disk.
  public void append(DeliveryJournalEntry entry) {
    lock.lock();
    try {
      waiting.add(entry);
      writeWaiting();
      while (waiting.size() > MAX_WAITING) {
        waiting.remove();
        forgotten++;
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeWaiting() {
    try {
      while (!waiting.isEmpty()) {
        write(waiting.element());
        waiting.remove();
      }
      lastFailure = Optional.empty();
    } catch (IOException e) {
      lastFailure = Optional.of("writing to " + folder + " failed: " + e.getMessage());
    }
  }

  private void write(DeliveryJournalEntry entry) throws IOException {
    StorageFile file = appending;
    if (file == null || files.getLast().entries() >= fileEntries) {
      file = begin();
    }
    DeliveryJournalEntry before = last;
    Optional<DeliveryJournalEntry> joined =
        before == null ? Optional.empty() : before.joined(entry);
    DeliveryJournalEntry written = joined.orElse(entry);
    files.getLast().write(file, written, joined.isPresent());
    last = written;
  }

  private StorageFile begin() throws IOException {
    String path = folder + "/" + NAME.of(nextNumber);
    StorageFile file = storage.open(path);
    closeAppending();
    nextNumber++;
    appending = file;
    last = null;
    files.add(new DeliveryJournalFile(path, 0));
    dropBeyond(retainedBytes);
    return file;
  }

  private void dropBeyond(long keptBytes) throws IOException {
    while (bytes() > keptBytes && files.size() > 1) {
      storage.delete(files.getFirst().path());
      files.removeFirst();
    }
  }

  private long bytes() {
    return files.stream().mapToLong(DeliveryJournalFile::bytes).sum();
  }

  /// The entries that cover `position`, oldest first; empty when it is not settled, or retention or
  /// a power cut took the entry.
  ///
  /// @throws IOException when a file cannot be read
  public List<DeliveryJournalEntry> lookup(Position position) throws IOException {
    reading.lock();
    try {
      List<DeliveryJournalEntry> found = new ArrayList<>();
      for (DeliveryJournalFile file : complete()) {
        found.addAll(lookup(file, position));
      }
      lock.lock();
      try {
        if (appending != null) {
          found.addAll(files.getLast().lookup(storage, position));
        }
        for (DeliveryJournalEntry entry : waiting) {
          if (entry.range().contains(position)) {
            found.add(entry);
          }
        }
      } finally {
        lock.unlock();
      }
      return List.copyOf(found);
    } finally {
      reading.unlock();
    }
  }

  private List<DeliveryJournalEntry> lookup(DeliveryJournalFile file, Position position)
      throws IOException {
    try {
      return file.lookup(storage, position);
    } catch (NoSuchFileException e) {
      // A new file has meanwhile pushed this one out.
      return List.of();
    }
  }

  /// The files that are not appended to.
  private List<DeliveryJournalFile> complete() {
    lock.lock();
    try {
      List<DeliveryJournalFile> all = new ArrayList<>(files);
      return appending == null ? all : all.subList(0, all.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /// Deletes the files whose positions the log no longer has.
  ///
  /// @throws IOException when one cannot be read or deleted; the next call tries again
  public void dropBelow(Position logStart) throws IOException {
    reading.lock();
    try {
      for (DeliveryJournalFile file : complete()) {
        if (file.positionsEnd(storage) > logStart.offset()) {
          return;
        }
        lock.lock();
        try {
          storage.delete(file.path());
          files.remove(file);
        } finally {
          lock.unlock();
        }
      }
    } finally {
      reading.unlock();
    }
  }

  /// Makes what was written to the current file survive a power cut. Blocks for the disk.
  ///
  /// @throws IOException when it cannot be forced; entries are then in doubt, deliveries are not
  public void force() throws IOException {
    StorageFile file;
    lock.lock();
    try {
      writeWaiting();
      file = appending;
    } finally {
      lock.unlock();
    }
    if (file != null) {
      file.force();
      storage.forceDirectory(folder);
    }
  }

  public DeliveryJournalStatus status() {
    lock.lock();
    try {
      return new DeliveryJournalStatus(
          bytes(),
          waiting.size(),
          forgotten,
          files.stream().mapToLong(DeliveryJournalFile::damaged).sum(),
          lastFailure);
    } finally {
      lock.unlock();
    }
  }

  private void closeAppending() {
    StorageFile file = appending;
    appending = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        lastFailure = Optional.of("closing a file of " + folder + " failed: " + e.getMessage());
      }
    }
  }

  /// Makes what was written survive a power cut, if the disk allows, and closes the file.
  @Override
  public void close() {
    lock.lock();
    try {
      writeWaiting();
      if (appending != null) {
        appending.force();
        storage.forceDirectory(folder);
      }
    } catch (IOException e) {
      lastFailure = Optional.of("forcing " + folder + " failed: " + e.getMessage());
    } finally {
      closeAppending();
      lock.unlock();
    }
  }
}
