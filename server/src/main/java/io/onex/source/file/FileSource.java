package io.onex.source.file;

import io.onex.log.LogUnavailableException;
import io.onex.storage.Storage;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Follows the files that match some patterns and hands their new lines on, in order per file.
///
/// A file is its device and inode, not its name: after a rename it is read to its end, and the file
/// that took its name begins anew. A position moves only after the lines before it are durable, so
/// a crash repeats lines but loses none, and [LineIds] lets the log recognise those repeats. When
/// the log cannot append nothing moves and the same lines are offered again.
///
/// One thread calls [#round]; it blocks on the disk, so it is a platform thread.
public final class FileSource {
  /// Lines are handed on in pieces of at most this size, or of one line.
  private static final int PIECE_BYTES = 1 << 20;

  private static final Logger LOG = LogManager.getLogger(FileSource.class);

  private final FileSettings settings;
  private final LineSink sink;
  private final TailPositions saved;
  private final Clock clock;
  private final byte[] window;
  private final Map<String, Tail> tails = new LinkedHashMap<>();
  private final Map<String, TailPosition> known = new LinkedHashMap<>();
  private final Counter truncations;
  private final FileTree tree;
  private final Obstacles obstacles;
  private boolean unsaved;
  private boolean firstRound = true;

  /// @param storage keeps the positions, under `sources/` and the source's name
  /// @throws IOException when the saved positions cannot be read
  public FileSource(
      FileSettings settings, LineSink sink, Storage storage, Telemetry telemetry, Clock clock)
      throws IOException {
    this(settings, sink, storage, telemetry, clock, new DiskTree());
  }

  FileSource(
      FileSettings settings,
      LineSink sink,
      Storage storage,
      Telemetry telemetry,
      Clock clock,
      FileTree tree)
      throws IOException {
    this.tree = tree;
    this.settings = settings;
    this.sink = sink;
    this.clock = clock;
    saved = new TailPositions(storage, "sources/" + settings.name());
    window = new byte[Math.max(PIECE_BYTES, settings.maxLineBytes() + 1)];
    Map<String, String> labels = Map.of(LogKeys.SOURCE, settings.name());
    truncations =
        telemetry.counter(
            "onex_gateway_file_truncations_total", "Tailed files seen cut or replaced.", labels);
    Counter readErrors =
        telemetry.counter(
            "onex_gateway_file_read_errors_total", "Tailed files that could not be read.", labels);
    obstacles = new Obstacles(settings.name(), readErrors);
    saved.load().ifPresent(tails -> tails.positions().forEach(p -> known.put(p.identity(), p)));
  }

  /// Looks at every file once and hands on at most one piece of each.
  ///
  /// @return whether there may be more to read at once
  /// @throws LogUnavailableException when lines could not be taken; call again later
  public boolean round() throws LogUnavailableException, InterruptedException {
    boolean more = false;
    try {
      discover();
      for (Tail tail : List.copyOf(tails.values())) {
        more |= read(tail);
      }
    } finally {
      firstRound = false;
    }
    save();
    return more;
  }

  /// Bytes written to the files but not yet taken in. Only from the thread of [#round].
  public long behindBytes() {
    long sum = 0;
    for (Tail tail : tails.values()) {
      try {
        sum += tail.file.behind();
      } catch (IOException e) {
        failed(tail.file.position().path(), e);
      }
    }
    return sum;
  }

  public FileSettings settings() {
    return settings;
  }

  /// Saves the positions and closes the files.
  public void close() {
    save();
    tails.values().forEach(this::closeQuietly);
    tails.clear();
  }

  private void discover() {
    Set<String> seen = new HashSet<>();
    PatternWalk walk = new PatternWalk(tree, obstacles);
    for (PathPattern pattern : settings.patterns()) {
      for (PatternWalk.Found found : walk.files(pattern)) {
        follow(found.facts().key(), found.path(), seen);
      }
    }
    if (firstRound) {
      findRenamed(seen, walk);
    }
    obstacles.endOfLook();
    for (Tail tail : tails.values()) {
      tail.named = seen.contains(tail.file.position().identity());
    }
  }

  private void follow(String identity, Path path, Set<String> seen) {
    if (!seen.add(identity)) {
      return;
    }
    Tail tail = tails.get(identity);
    if (tail != null) {
      tail.file.seenAt(path);
      return;
    }
    try {
      TailPosition position = known.get(identity);
      boolean atEnd = position == null && firstRound && startsAtEnd();
      TailPosition from =
          position == null ? TailPosition.startOf(identity, path, 0) : position.at(path);
      TailedFile file = TailedFile.open(tree, from);
      if (atEnd) {
        file.skipToEnd();
      }
      tails.put(identity, new Tail(file, clock.monotonicNanos()));
      unsaved = true;
      LOG.info(LogLine.of("Tailing file").with(LogKeys.FILE, RawPath.printable(path)));
    } catch (IOException e) {
      failed(path, e);
    }
  }

  /// Files that were renamed away while the program was down: they are looked for beside where they
  /// were, and read to their end.
  private void findRenamed(Set<String> seen, PatternWalk walk) {
    for (TailPosition position : List.copyOf(known.values())) {
      Path folder = position.path().getParent();
      if (seen.contains(position.identity()) || folder == null) {
        continue;
      }
      for (Path path : walk.entries(folder)) {
        boolean same =
            walk.facts(path)
                .filter(facts -> facts.kind() == FileFacts.Kind.FILE)
                .filter(facts -> facts.key().equals(position.identity()))
                .isPresent();
        if (same) {
          follow(position.identity(), path, new HashSet<>());
        }
      }
      if (!tails.containsKey(position.identity()) && !Files.exists(position.path())) {
        known.remove(position.identity());
        unsaved = true;
      }
    }
  }

  private boolean read(Tail tail) throws LogUnavailableException, InterruptedException {
    TailedFile file = tail.file;
    try {
      if (file.restartIfTruncated()) {
        truncations.increment();
        unsaved = true;
        LOG.warn(
            LogLine.of("Tailed file was cut or replaced, reading it from its beginning")
                .with(LogKeys.FILE, RawPath.printable(file.position().path())));
      }
      long idle = clock.monotonicNanos() - tail.lastNewsNanos;
      boolean done = !tail.named && idle > settings.rotationGrace().toNanos();
      Optional<TailedFile.Lines> lines = file.next(window, done);
      if (lines.isEmpty()) {
        if (done) {
          retire(tail);
        }
        return false;
      }
      TailPosition at = file.position();
      TailedFile.Lines taken = lines.get();
      sink.take(taken.bytes(), new LineIds(at.identity(), at.generation(), taken.start()));
      file.taken(taken);
      tail.lastNewsNanos = clock.monotonicNanos();
      unsaved = true;
      return true;
    } catch (LogUnavailableException e) {
      throw e;
    } catch (IOException e) {
      failed(file.position().path(), e);
      putAside(tail);
      return false;
    }
  }

  /// Closes a file that is read to its end and has no name any more.
  private void retire(Tail tail) {
    putAside(tail);
    known.remove(tail.file.position().identity());
  }

  /// Closes a file but remembers its position: it is opened again when it can be read.
  private void putAside(Tail tail) {
    TailPosition position = tail.file.position();
    known.put(position.identity(), position);
    tails.remove(position.identity());
    closeQuietly(tail);
    unsaved = true;
  }

  private void save() {
    if (!unsaved) {
      return;
    }
    for (Tail tail : tails.values()) {
      known.put(tail.file.position().identity(), tail.file.position());
    }
    try {
      saved.save(new ArrayList<>(known.values()));
      unsaved = false;
    } catch (IOException e) {
      // The lines are durable; a restart would only read some again, under the ids they have.
      LOG.warn(
          LogLine.of("File positions could not be saved")
              .with(LogKeys.SOURCE, settings.name())
              .with(LogKeys.REASON, e.toString()));
    }
  }

  private void failed(Path path, IOException e) {
    obstacles.met(path, e);
  }

  private void closeQuietly(Tail tail) {
    try {
      tail.file.close();
    } catch (IOException e) {
      LOG.debug(
          LogLine.of("Tailed file could not be closed")
              .with(LogKeys.FILE, RawPath.printable(tail.file.position().path()))
              .with(LogKeys.REASON, e.toString()));
    }
  }

  private boolean startsAtEnd() {
    return settings.start() == FileSettings.Start.END;
  }

  private static final class Tail {
    final TailedFile file;
    long lastNewsNanos;
    boolean named = true;

    Tail(TailedFile file, long nowNanos) {
      this.file = file;
      lastNewsNanos = nowNanos;
    }
  }
}
