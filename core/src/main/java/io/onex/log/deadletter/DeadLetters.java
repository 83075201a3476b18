package io.onex.log.deadletter;

import io.onex.log.LogAges;
import io.onex.log.Position;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was given up, copied with its reason into segments of its own, to be read, counted and
/// replayed long after the log has forgotten it.
///
/// One directory holds records that destinations gave up; refused inputs have another, so that a
/// flood of bad lines cannot push records out. Format: `docs/reference/format/dead-letters.md`.
///
/// Safe for use by many threads. [#keep] waits for the disk; [#list] and [#find] read whole
/// segments and belong on a platform thread.
public final class DeadLetters implements AutoCloseable {
  private static final long SEGMENT_BYTES = 8 << 20;
  private static final long PAGE_BYTES = 8 << 20;
  private static final long AROUND_MICROS = 30_000_000;

  /// Segments that are read to know which letters of a destination were kept before the start.
  private static final int LATELY_SEGMENTS = 2;

  /// Positions remembered for each destination.
  private static final int LATELY_POSITIONS = 10_000;

  private final Storage storage;
  private final String directory;
  private final DeadLetterRetention retention;
  private final Clock clock;
  private final long segmentBytes;
  private LogAges ages;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, DeadLetterSegment> segments = new TreeMap<>();
  private final Map<String, Set<Position>> lately = new HashMap<>();
  private @Nullable StorageFile appending;
  private long nextId = 1;
  private long expired;
  private Optional<String> lastFailure = Optional.empty();

  private DeadLetters(
      Storage storage,
      String directory,
      DeadLetterRetention retention,
      Clock clock,
      long segmentBytes) {
    this.storage = storage;
    this.directory = directory;
    this.retention = retention;
    this.clock = clock;
    this.segmentBytes = segmentBytes;
    this.ages = LogAges.unknown(storage, directory, retention.age(), clock);
  }

  /// Opens the dead letters in `directory`. Never fails: what cannot be read is counted as damaged,
  /// and new letters go to a new segment.
  public static DeadLetters open(
      Storage storage, String directory, DeadLetterRetention retention, Clock clock) {
    return open(storage, directory, retention, clock, SEGMENT_BYTES);
  }

  static DeadLetters open(
      Storage storage,
      String directory,
      DeadLetterRetention retention,
      Clock clock,
      long segmentBytes) {
    DeadLetters letters = new DeadLetters(storage, directory, retention, clock, segmentBytes);
    try {
      for (String name : storage.list(directory)) {
        DeadLetterSegment.LETTERS.number(name).ifPresent(letters::recover);
      }
      letters.ages = LogAges.open(storage, directory, retention.age(), clock);
    } catch (IOException e) {
      letters.failed("reading", e);
    }
    return letters;
  }

  private void recover(long firstId) {
    DeadLetterSegment segment = DeadLetterSegment.recover(storage, directory, firstId);
    segments.put(firstId, segment);
    nextId = Math.max(nextId, segment.lastId() + 1);
  }

  /// Keeps letters: when this returns they survive a power cut, and the cursor may move past them.
  ///
  /// A letter of a record that has one already is not kept a second time: after a crash between the
  /// letter and the cursor the record comes again.
  ///
  /// @throws IOException when they cannot be kept, such as on a full disk; none of them is, and the
  ///   records stay pending until another try succeeds
  public void keep(List<DeadLetter> letters) throws IOException {
    lock.lock();
    try {
      List<DeadLetter> fresh = withoutKept(letters);
      if (fresh.isEmpty()) {
        return;
      }
      StorageFile file = appending;
      if (file == null || last().lettersBytes() >= segmentBytes) {
        file = file == null && canContinue() ? resume() : begin();
      }
      long id = nextId;
      // Taken even when the write fails: should it surface after a power cut, no id is there twice.
      nextId += fresh.size();
      last().append(file, id, fresh);
      ages.reached(nextId);
      fresh.forEach(this::remember);
      lastFailure = Optional.empty();
    } catch (IOException e) {
      failed("keeping", e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private List<DeadLetter> withoutKept(List<DeadLetter> letters) throws IOException {
    List<DeadLetter> fresh = new ArrayList<>(letters.size());
    for (DeadLetter letter : letters) {
      boolean isKept =
          letter.origin() instanceof DeadLetter.Origin.Destination(String name, Position position)
              && lately(name).contains(position);
      if (!isKept) {
        fresh.add(letter);
      }
    }
    return fresh;
  }

  /// Positions of the latest letters of a destination. Those before the start are read once: what a
  /// crash kept from its cursor is among the last.
  private Set<Position> lately(String destination) throws IOException {
    Set<Position> known = lately.get(destination);
    if (known == null) {
      known = new LinkedHashSet<>();
      DeadLetterQuery query = DeadLetterQuery.first(1).of(destination);
      List<DeadLetterSegment> holding =
          segments.values().stream().filter(each -> each.counts().mayMatch(query)).toList();
      for (DeadLetterSegment segment :
          holding.subList(Math.max(0, holding.size() - LATELY_SEGMENTS), holding.size())) {
        for (DeadLetterEntry entry : segment.snapshot().read()) {
          if (entry.letter().origin()
                  instanceof DeadLetter.Origin.Destination(String name, Position position)
              && name.equals(destination)) {
            known.add(position);
          }
        }
      }
      lately.put(destination, known);
    }
    return known;
  }

  private void remember(DeadLetter letter) {
    if (letter.origin() instanceof DeadLetter.Origin.Destination(String name, Position position)) {
      Set<Position> known = lately.computeIfAbsent(name, _ -> new LinkedHashSet<>());
      known.add(position);
      if (known.size() > LATELY_POSITIONS) {
        known.remove(known.iterator().next());
      }
    }
  }

  /// The id that the next letter will have; every letter there is has a lower one.
  public long nextId() {
    lock.lock();
    try {
      return nextId;
    } finally {
      lock.unlock();
    }
  }

  private DeadLetterSegment last() {
    return segments.lastEntry().getValue();
  }

  private boolean canContinue() {
    return !segments.isEmpty() && last().lettersBytes() < segmentBytes && !last().isDamaged();
  }

  private StorageFile resume() throws IOException {
    StorageFile file = last().open();
    appending = file;
    return file;
  }

  private StorageFile begin() throws IOException {
    DeadLetterSegment segment = DeadLetterSegment.begin(storage, directory, nextId);
    StorageFile file = segment.open();
    closeAppending();
    appending = file;
    segments.put(segment.firstId(), segment);
    try {
      dropOldest();
    } catch (IOException e) {
      // Letters are kept all the same; the next segment tries again.
      failed("removing old", e);
    }
    return file;
  }

  /// Removes segments beyond the retention; called now and then by the owner.
  ///
  /// @throws IOException when one cannot be removed; the next call tries again
  public void retain() throws IOException {
    lock.lock();
    try {
      if (segments.isEmpty()) {
        return;
      }
      ages.reached(nextId);
      if (!segments.isEmpty() && isTooOld(last())) {
        // The newest segment names the next id, so another must stand before it goes.
        begin();
      }
      dropOldest();
      if (ages.isUnwritten()) {
        writeAges();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What is not written keeps letters longer, and nothing else.
  private void writeAges() {
    try {
      ages.write(segments.firstKey());
    } catch (IOException e) {
      failed("writing the ages of", e);
    }
  }

  private void dropOldest() throws IOException {
    while (segments.size() > 1) {
      DeadLetterSegment oldest = segments.firstEntry().getValue();
      long bytes = segments.values().stream().mapToLong(DeadLetterSegment::bytes).sum();
      if (bytes <= retention.bytes() && !isTooOld(oldest)) {
        return;
      }
      oldest.delete();
      expired += oldest.counts().letters();
      segments.remove(oldest.firstId());
    }
  }

  /// By the time the gateway has run: the wall clock may be set to anything.
  private boolean isTooOld(DeadLetterSegment segment) {
    return segment.counts().letters() > 0 && segment.lastId() < ages.olderThan(retention.age());
  }

  /// A page of letters by ascending id.
  ///
  /// @throws IOException when a segment cannot be read
  public DeadLetterPage list(DeadLetterQuery query) throws IOException {
    List<DeadLetterEntry> found = new ArrayList<>();
    long bytes = 0;
    for (DeadLetterSegment.Snapshot segment : holding(query)) {
      for (DeadLetterEntry entry : segment.read()) {
        if (!query.matches(entry)) {
          continue;
        }
        if (found.size() == query.limit() || bytes > PAGE_BYTES) {
          return new DeadLetterPage(found, OptionalLong.of(found.getLast().id()));
        }
        found.add(entry);
        bytes += entry.letter().content().length();
      }
    }
    return new DeadLetterPage(found, OptionalLong.empty());
  }

  /// The letter with this id.
  ///
  /// @throws IOException when its segment cannot be read
  public Optional<DeadLetterEntry> find(long id) throws IOException {
    DeadLetterSegment.Snapshot snapshot;
    lock.lock();
    try {
      var segment = segments.floorEntry(id);
      if (segment == null) {
        return Optional.empty();
      }
      snapshot = segment.getValue().snapshot();
    } finally {
      lock.unlock();
    }
    return snapshot.read().stream().filter(entry -> entry.id() == id).findFirst();
  }

  /// The latest letter of `destination` for the record at `position` that was kept at about
  /// `timeMicros`. Reads the segments of that minute, as a rule one.
  ///
  /// @throws IOException when a segment cannot be read
  public Optional<DeadLetterEntry> find(String destination, Position position, long timeMicros)
      throws IOException {
    DeadLetter.Origin origin = new DeadLetter.Origin.Destination(destination, position);
    for (DeadLetterSegment.Snapshot segment : around(timeMicros)) {
      Optional<DeadLetterEntry> found =
          segment.read().stream()
              .filter(entry -> entry.letter().origin().equals(origin))
              .reduce((_, later) -> later);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Segments with letters of the minute around `timeMicros`, oldest first: those that end after
  /// its begin, up to the first that ends after its end.
  private List<DeadLetterSegment.Snapshot> around(long timeMicros) {
    List<DeadLetterSegment.Snapshot> chosen = new ArrayList<>();
    lock.lock();
    try {
      for (DeadLetterSegment segment : segments.values()) {
        if (segment.lastTimeMicros() >= timeMicros - AROUND_MICROS) {
          chosen.add(segment.snapshot());
        }
        if (segment.lastTimeMicros() > timeMicros + AROUND_MICROS) {
          break;
        }
      }
      return chosen;
    } finally {
      lock.unlock();
    }
  }

  private List<DeadLetterSegment.Snapshot> holding(DeadLetterQuery query) {
    lock.lock();
    try {
      return segments.values().stream()
          .filter(segment -> segment.lastId() > query.afterId())
          .filter(segment -> segment.counts().mayMatch(query))
          .map(DeadLetterSegment::snapshot)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Notes durably that letters were sent again; marking one twice changes nothing.
  ///
  /// @throws IOException when that cannot be written; they may then be replayed a second time
  public void markReplayed(List<DeadLetterEntry> entries) throws IOException {
    lock.lock();
    try {
      Map<Long, List<DeadLetterEntry>> bySegment = new HashMap<>();
      for (DeadLetterEntry entry : entries) {
        var segment = segments.floorEntry(entry.id());
        if (segment != null) {
          bySegment.computeIfAbsent(segment.getKey(), _ -> new ArrayList<>()).add(entry);
        }
      }
      for (var each : bySegment.entrySet()) {
        DeadLetterSegment segment = segments.get(each.getKey());
        if (segment != null) {
          segment.markReplayed(each.getValue(), clock.wallMicros());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Letters kept, per destination or source and reason.
  public List<DeadLetterCount> counts() {
    lock.lock();
    try {
      DeadLetterCounts sum = new DeadLetterCounts();
      segments.values().forEach(segment -> segment.counts().list().forEach(sum::add));
      return sum.list();
    } finally {
      lock.unlock();
    }
  }

  public DeadLetterStatus status() {
    lock.lock();
    try {
      return new DeadLetterStatus(
          segments.values().stream().mapToLong(DeadLetterSegment::bytes).sum(),
          segments.size(),
          expired,
          segments.values().stream().mapToLong(DeadLetterSegment::damaged).sum(),
          lastFailure);
    } finally {
      lock.unlock();
    }
  }

  private void failed(String what, IOException e) {
    lastFailure =
        Optional.of(what + " dead letters in " + directory + " failed: " + e.getMessage());
  }

  private void closeAppending() {
    StorageFile file = appending;
    appending = null;
    if (file == null) {
      return;
    }
    try {
      file.close();
      last().summarise();
    } catch (IOException e) {
      failed("closing", e);
    }
  }

  /// Closes the segment at hand. Every letter kept is durable already.
  @Override
  public void close() {
    lock.lock();
    try {
      closeAppending();
      if (!segments.isEmpty()) {
        ages.reached(nextId);
        writeAges();
      }
    } finally {
      lock.unlock();
    }
  }
}
