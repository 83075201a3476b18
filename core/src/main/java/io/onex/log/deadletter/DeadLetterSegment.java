package io.onex.log.deadletter;

import io.onex.bytes.Slice;
import io.onex.log.journal.JournalFileName;
import io.onex.log.journal.JournalFrame;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// One file of dead letters and, beside it, the file of those that were replayed and a summary that
/// spares the next start from reading the letters. Not safe for several threads, but for [#read].
final class DeadLetterSegment {
  static final JournalFileName LETTERS = new JournalFileName(".letters");
  static final JournalFileName REPLAYED = new JournalFileName(".replayed");
  static final JournalFileName SUMMARY = new JournalFileName(".summary");

  private static final long UNREADABLE_IDS = 1 << 24;

  private final Storage storage;
  private final String directory;
  private final long firstId;
  private final BitSet replayed = new BitSet();
  private final DeadLetterCounts counts = new DeadLetterCounts();
  private long end;
  private long replayedEnd;
  private long lastId;
  private long lastTimeMicros = Long.MIN_VALUE;
  private long damaged;

  private DeadLetterSegment(Storage storage, String directory, long firstId) {
    this.storage = storage;
    this.directory = directory;
    this.firstId = firstId;
    this.lastId = firstId - 1;
  }

  /// A segment without letters whose first one will have `firstId`.
  static DeadLetterSegment begin(Storage storage, String directory, long firstId)
      throws IOException {
    DeadLetterSegment segment = new DeadLetterSegment(storage, directory, firstId);
    storage.open(segment.path(LETTERS)).close();
    storage.forceDirectory(directory);
    return segment;
  }

  /// A segment that exists, from its summary or, without a good one, by reading it. Never fails:
  /// what cannot be read counts as damaged.
  static DeadLetterSegment recover(Storage storage, String directory, long firstId) {
    DeadLetterSegment segment = new DeadLetterSegment(storage, directory, firstId);
    // No id of an unreadable segment may be used again.
    segment.lastId = firstId + UNREADABLE_IDS;
    try {
      segment.recoverLetters();
      segment.recoverReplayed();
    } catch (IOException e) {
      segment.damaged++;
    }
    return segment;
  }

  private void recoverLetters() throws IOException {
    long size;
    try (StorageFile letters = storage.openForReading(path(LETTERS))) {
      size = letters.size();
    }
    Optional<DeadLetterSummary> summary = summary(size);
    if (summary.isPresent()) {
      lastId = summary.get().lastId();
      lastTimeMicros = summary.get().lastTimeMicros();
      summary.get().counts().forEach(counts::add);
      end = size;
    } else {
      scan();
    }
  }

  private Optional<DeadLetterSummary> summary(long size) {
    try (StorageFile file = storage.openForReading(path(SUMMARY))) {
      return Optional.of(DeadLetterSummary.decode(JournalFrame.read(file, 0).payload()))
          .filter(summary -> summary.segmentBytes() == size);
    } catch (IOException | IllegalArgumentException e) {
      // Missing or damaged: the letters themselves tell the same.
      return Optional.empty();
    }
  }

  private void scan() throws IOException {
    JournalFrame.Contents contents = contents(LETTERS);
    lastId = firstId - 1;
    for (JournalFrame frame : contents.frames()) {
      Optional<DeadLetterCodec.Item> item = decode(frame);
      if (item.isEmpty()) {
        damaged++;
      } else if (item.get() instanceof DeadLetterCodec.Item.Letter(long id, DeadLetter letter)) {
        note(id, letter);
      }
    }
    damaged += contents.damaged().size();
    end = contents.end();
  }

  private void recoverReplayed() throws IOException {
    if (!storage.exists(path(REPLAYED))) {
      return;
    }
    JournalFrame.Contents contents = contents(REPLAYED);
    for (JournalFrame frame : contents.frames()) {
      if (decode(frame).orElse(null)
          instanceof DeadLetterCodec.Item.Replayed(long id, long _, DeadLetterCount of)) {
        noteReplayed(id, of);
      }
    }
    replayedEnd = contents.end();
    damaged += contents.damaged().size();
  }

  private static Optional<DeadLetterCodec.Item> decode(JournalFrame frame) {
    try {
      return Optional.of(DeadLetterCodec.decode(frame.payload()));
    } catch (IllegalArgumentException e) {
      // Whole, but of a newer program or nonsense: the caller counts it.
      return Optional.empty();
    }
  }

  private void note(long id, DeadLetter letter) {
    lastId = Math.max(lastId, id);
    lastTimeMicros = Math.max(lastTimeMicros, letter.timeMicros());
    counts.letter(letter);
  }

  private void noteReplayed(long id, DeadLetterCount of) {
    int bit = (int) (id - firstId);
    if (id >= firstId && !replayed.get(bit)) {
      replayed.set(bit);
      counts.add(of);
    }
  }

  /// Appends letters with consecutive ids from `id` and forces them.
  ///
  /// @throws IOException when that failed; then none of them is kept
  void append(StorageFile file, long id, List<DeadLetter> letters) throws IOException {
    List<ByteBuffer> frames = new ArrayList<>();
    long at = end;
    for (int i = 0; i < letters.size(); i++) {
      Slice payload =
          DeadLetterCodec.encode(new DeadLetterCodec.Item.Letter(id + i, letters.get(i)));
      ByteBuffer frame = JournalFrame.encode(payload, at);
      at += frame.remaining();
      frames.add(frame);
    }
    try {
      long place = end;
      for (ByteBuffer frame : frames) {
        int bytes = frame.remaining();
        file.write(frame, place);
        place += bytes;
      }
      file.force();
    } catch (IOException e) {
      cut(file);
      throw e;
    }
    end = at;
    for (int i = 0; i < letters.size(); i++) {
      note(id + i, letters.get(i));
    }
  }

  /// Takes letters that could not be forced out of sight. When that fails too they may be listed
  /// although they are kept a second time, which is better than not at all.
  private void cut(StorageFile file) {
    try {
      file.truncate(end);
    } catch (IOException _) {
      // The failure that led here is reported; this one adds nothing.
    }
  }

  /// Notes that letters of this segment were replayed, and forces that.
  void markReplayed(List<DeadLetterEntry> entries, long timeMicros) throws IOException {
    boolean isNew = replayedEnd == 0;
    long at = replayedEnd;
    try (StorageFile file = storage.open(path(REPLAYED))) {
      for (DeadLetterEntry entry : entries) {
        DeadLetterCodec.Item mark =
            new DeadLetterCodec.Item.Replayed(entry.id(), timeMicros, countOf(entry.letter()));
        ByteBuffer frame = JournalFrame.encode(DeadLetterCodec.encode(mark), at);
        int bytes = frame.remaining();
        file.write(frame, at);
        at += bytes;
      }
      file.force();
    }
    if (isNew) {
      storage.forceDirectory(directory);
    }
    replayedEnd = at;
    entries.forEach(entry -> noteReplayed(entry.id(), countOf(entry.letter())));
  }

  private static DeadLetterCount countOf(DeadLetter letter) {
    return new DeadLetterCount(letter.origin().name(), letter.isRefused(), letter.reason(), 0, 1);
  }

  /// Leaves a summary for the next start; without one it reads the letters.
  void summarise() throws IOException {
    storage.delete(path(SUMMARY));
    try (StorageFile file = storage.open(path(SUMMARY))) {
      List<DeadLetterCount> letters =
          counts.list().stream().filter(count -> count.letters() > 0).toList();
      DeadLetterSummary summary = new DeadLetterSummary(end, lastId, lastTimeMicros, letters);
      file.write(JournalFrame.encode(summary.encode(), 0), 0);
    }
  }

  /// What [Snapshot#read] needs.
  Snapshot snapshot() {
    return new Snapshot(storage, path(LETTERS), firstId, end, (BitSet) replayed.clone());
  }

  /// A segment as it was at one moment, to be read without holding any lock.
  record Snapshot(Storage storage, String path, long firstId, long end, BitSet replayed) {
    /// The good letters by ascending id; none when retention has meanwhile removed the file.
    List<DeadLetterEntry> read() throws IOException {
      List<DeadLetterEntry> entries = new ArrayList<>();
      try (StorageFile file = storage.openForReading(path)) {
        for (JournalFrame frame : JournalFrame.readAll(file).frames()) {
          if (frame.offset() < end
              && decode(frame).orElse(null)
                  instanceof DeadLetterCodec.Item.Letter(long id, DeadLetter letter)) {
            entries.add(new DeadLetterEntry(id, replayed.get((int) (id - firstId)), letter));
          }
        }
      } catch (NoSuchFileException e) {
        return List.of();
      }
      return entries;
    }
  }

  void delete() throws IOException {
    storage.delete(path(LETTERS));
    storage.delete(path(REPLAYED));
    storage.delete(path(SUMMARY));
  }

  /// Opens the segment to append at its end; what a crash left after it is cut off.
  StorageFile open() throws IOException {
    storage.delete(path(SUMMARY));
    StorageFile file = storage.open(path(LETTERS));
    if (file.size() > end) {
      file.truncate(end);
    }
    return file;
  }

  long firstId() {
    return firstId;
  }

  long lastId() {
    return lastId;
  }

  long lastTimeMicros() {
    return lastTimeMicros;
  }

  long lettersBytes() {
    return end;
  }

  long bytes() {
    return end + replayedEnd;
  }

  long damaged() {
    return damaged;
  }

  boolean isDamaged() {
    return damaged > 0;
  }

  DeadLetterCounts counts() {
    return counts;
  }

  private JournalFrame.Contents contents(JournalFileName name) throws IOException {
    try (StorageFile file = storage.openForReading(path(name))) {
      return JournalFrame.readAll(file);
    }
  }

  private String path(JournalFileName name) {
    return directory + "/" + name.of(firstId);
  }
}
