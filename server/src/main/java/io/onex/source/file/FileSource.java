package io.onex.source.file;

import io.onex.log.LogUnavailableException;
import io.onex.storage.Storage;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Follows the files that match some patterns and hands their new lines on, in order per file.
///
/// What is read is a [Life], not a name nor an inode: it goes on in whatever file holds what was
/// read of it, and what is cut, or comes again under an old inode, begins another. A position moves
/// only after the lines before it are durable, so a crash repeats lines but loses none, and
/// [LineIds] lets the log recognise those repeats. When the log cannot append nothing moves and the
/// same lines are offered again.
///
/// One thread calls [#round]; it blocks on the disk, so it is a platform thread.
public final class FileSource {
  /// Lines are handed on in pieces of at most this size, or of one line.
  private static final int PIECE_BYTES = 1 << 20;

  /// Looking for files takes at most a tenth of the time.
  private static final int REST_PER_LOOK = 9;

  private static final Logger LOG = LogManager.getLogger(FileSource.class);

  private final FileSettings settings;
  private final LineSink sink;
  private final TailPositions saved;
  private final Clock clock;
  private final byte[] window;
  private final TailCounters counters;
  private final Followed followed;
  private long nextLookNanos;
  private boolean looked;

  /// @param storage keeps the positions, under `sources/` and the source's name
  /// @param random makes the secret of the hashes
  /// @throws IOException when the saved positions cannot be read
  public FileSource(
      FileSettings settings,
      LineSink sink,
      Storage storage,
      Telemetry telemetry,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    this(settings, sink, storage, telemetry, clock, random, new DiskTree());
  }

  FileSource(
      FileSettings settings,
      LineSink sink,
      Storage storage,
      Telemetry telemetry,
      Clock clock,
      RandomGenerator random,
      FileTree tree)
      throws IOException {
    this.settings = settings;
    this.sink = sink;
    this.clock = clock;
    saved = new TailPositions(storage, "sources/" + settings.name());
    window = new byte[Math.max(PIECE_BYTES, settings.maxLineBytes() + 1)];
    counters = TailCounters.of(telemetry, settings.name());
    TailPositions.Loaded loaded = saved.load();
    followed =
        new Followed(settings, tree, clock, counters, loaded, random.nextLong(), window.length);
  }

  /// Looks at every file once and hands on at most one piece of each.
  ///
  /// @return whether there may be more to read at once
  /// @throws LogUnavailableException when lines could not be taken; call again later
  public boolean round() throws LogUnavailableException, InterruptedException {
    long now = clock.monotonicNanos();
    if (!looked || now - nextLookNanos >= 0) {
      followed.look();
      looked = true;
      long after = clock.monotonicNanos();
      nextLookNanos = after + REST_PER_LOOK * (after - now);
    }
    followed.noticeCuts();
    followed.decide();
    boolean more = false;
    for (Tail tail : followed.tails()) {
      more |= read(tail);
    }
    if (followed.hasChanged() || followed.hasMoved()) {
      save();
    }
    return more;
  }

  public FileSettings settings() {
    return settings;
  }

  /// Saves the positions and closes the files.
  public void close() {
    if (looked) {
      save();
    }
    followed.close();
  }

  private boolean read(Tail tail) throws LogUnavailableException, InterruptedException {
    LineFile file = tail.file();
    try {
      boolean done =
          !tail.isNamed()
              && tail.idleNanos(clock.monotonicNanos()) > settings.rotationGrace().toNanos();
      long behind = file.behind();
      Optional<LineFile.Lines> lines = file.next(window, done);
      if (lines.isEmpty()) {
        tail.empty(behind);
        if (file instanceof PackedFile || done) {
          followed.finished(tail);
        }
        return false;
      }
      if (file instanceof TailedFile plain && plain.isCut()) {
        // Since that was looked at, before these lines were read: they may stand behind a cut.
        return true;
      }
      take(tail, lines.get());
      return true;
    } catch (LogUnavailableException e) {
      throw e;
    } catch (IOException e) {
      followed.failed(tail, e);
      return false;
    }
  }

  private void take(Tail tail, LineFile.Lines lines)
      throws LogUnavailableException, InterruptedException, IOException {
    if (tail.life().offset() == 0 && tail.life().intend(lines)) {
      followed.changed();
    }
    if (followed.hasChanged()) {
      // The ids of the lines follow from lives: one that a crash forgets would give them others.
      save();
    }
    Life.Id life = tail.life().id();
    if (lines.bytes().length() > 0) {
      sink.take(
          lines.bytes(),
          RawPath.printable(tail.life().path()),
          new LineIds(life.identity(), life.generation(), lines.start()));
    }
    if (lines.hole() > 0) {
      counters.holeBytes().add(lines.hole());
      LOG.info(
          LogLine.of("NUL bytes in front of a line are a hole and passed over")
              .with(LogKeys.FILE, RawPath.printable(tail.life().path()))
              .with(LogKeys.BYTES, lines.hole()));
    }
    tail.file().taken(lines);
    tail.news(clock.monotonicNanos());
    followed.moved();
  }

  private void save() {
    try {
      saved.save(followed.toSave());
      followed.saved();
    } catch (IOException e) {
      // The lines are durable; a restart would only read some again, under the ids they have.
      LOG.warn(
          LogLine.of("File positions could not be saved")
              .with(LogKeys.SOURCE, settings.name())
              .with(LogKeys.REASON, e.toString()));
    }
  }

  /// What is followed now, for tests.
  List<Tail> tails() {
    return followed.tails();
  }
}
