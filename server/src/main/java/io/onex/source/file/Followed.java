package io.onex.source.file;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The files that one source follows: which are read, which need not be, and which are not decided.
/// One thread at a time.
///
/// A file is known by device and inode while it lives. One that was not seen before is compared by
/// its content with what was read ([Kinship] decides): a copy that a rotation made goes on where
/// the file it was made of was left.
final class Followed {
  private static final Life.Id NOTHING = new Life.Id("", 0);

  private static final Logger LOG = LogManager.getLogger(Followed.class);

  private final FileSettings settings;
  private final FileTree tree;
  private final Clock clock;
  private final TailCounters counters;
  private final Obstacles obstacles;
  private final Lives lives;
  private final Openings openings;
  private final boolean firstStart;
  private final List<String> knownPatterns;
  private final Map<String, Tail> tails = new LinkedHashMap<>();
  private final Map<String, Parked> parked = new LinkedHashMap<>();
  private final Map<String, SavedTails.Held> held = new LinkedHashMap<>();
  private final Map<String, Newcomer> newcomers = new LinkedHashMap<>();
  private boolean firstLook = true;
  private boolean changed;
  private boolean moved;

  Followed(
      FileSettings settings,
      FileTree tree,
      Clock clock,
      TailCounters counters,
      TailPositions.Loaded loaded,
      long secret,
      int windowBytes) {
    this.settings = settings;
    this.tree = tree;
    this.clock = clock;
    this.counters = counters;
    obstacles = new Obstacles(settings.name(), counters.readErrors());
    SavedTails saved = loaded.saved();
    lives = new Lives(saved.secret() == 0 ? secret : saved.secret(), saved.floor());
    openings = new Openings(tree, lives.secret(), windowBytes);
    firstStart = loaded.isFirst();
    knownPatterns = saved.patterns();
    for (SavedTails.Read read : saved.reads()) {
      Life life = life(read);
      if (life.offset() == 0 && life.marks().isEmpty()) {
        // Nothing was ever taken in: its file is as new as any other.
        lives.left(life);
      } else if (read.endedMicros() == 0) {
        parked.put(read.file().key(), new Parked(life, read.file()));
      } else {
        lives.end(life, read.endedMicros(), read.removed());
      }
    }
    saved.held().forEach(one -> held.put(one.facts().key(), one));
  }

  private Life life(SavedTails.Read read) {
    return new Life(
        read.life(),
        read.origin(),
        read.path(),
        lives.secret(),
        read.read(),
        read.head(),
        read.before(),
        read.marks());
  }

  List<Tail> tails() {
    return List.copyOf(tails.values());
  }

  /// Looks for files: opens those that are known and notes those that are not.
  void look() {
    PatternWalk walk = new PatternWalk(tree, obstacles);
    Set<String> seen = new HashSet<>();
    for (PathPattern pattern : settings.patterns()) {
      boolean atEnd = isNewAtEnd(pattern);
      for (PatternWalk.Found found : walk.files(pattern)) {
        if (seen.add(found.facts().key())) {
          meet(found.path(), found.facts(), atEnd);
        }
      }
    }
    for (Tail tail : tails.values()) {
      String key = tail.facts().key();
      // What is behind a folder that may not be read now is not gone.
      tail.named(seen.contains(key) || (tail.isNamed() && !isGone(tail.life().path(), key)));
    }
    held.keySet()
        .removeIf(key -> {
          boolean gone = !seen.contains(key) && obstacles.count() == 0;
          changed |= gone;
          return gone;
        });
    newcomers.values().removeIf(one -> !one.isBeside() && !seen.contains(one.facts().key()));
    findParked(seen, walk);
    changed |= lives.forget(clock.wallMicros());
    obstacles.endOfLook();
    changed |= firstLook && !settings.patterns().isEmpty();
    firstLook = false;
  }

  /// Whether what the pattern matches at the first look was there before anybody asked for it.
  private boolean isNewAtEnd(PathPattern pattern) {
    return firstLook
        && settings.start() == FileSettings.Start.END
        && (firstStart || (!knownPatterns.isEmpty() && !knownPatterns.contains(pattern.text())));
  }

  private void meet(Path path, FileFacts facts, boolean atEnd) {
    String key = facts.key();
    Tail tail = tails.get(key);
    Parked before = parked.get(key);
    SavedTails.Held one = held.get(key);
    if (tail != null) {
      changed |= !tail.life().path().equals(path);
      tail.life().seenAt(path);
      tail.seen(facts);
    } else if (before != null) {
      resume(path, facts, before);
    } else if (one != null && facts.isUnchangedFrom(one.facts())) {
      held.put(key, new SavedTails.Held(path, facts, one.life()));
    } else if (atEnd) {
      followFromEnd(path, facts);
    } else {
      // It was written to, or is another: what is known of it no longer holds.
      changed |= held.remove(key) != null;
      Newcomer newcomer = newcomers.get(key);
      // Under another name it may be another file, with the number of one that is gone.
      if (newcomer == null || newcomer.isBeside() || !newcomer.path().equals(path)) {
        newcomers.put(key, new Newcomer(path, facts, false, clock.monotonicNanos()));
      } else {
        newcomer.seen(path, facts, clock.monotonicNanos());
      }
    }
  }

  /// Opens a file that was read before.
  private void resume(Path path, FileFacts facts, Parked left) {
    Life before = left.life();
    try {
      if (openings.packing(path).isPacked()) {
        // It was read half, or it is another file with the number of one that was packed: its
        // content tells.
        parked.remove(facts.key());
        lives.end(before, clock.wallMicros(), false);
        newcomers.put(facts.key(), new Newcomer(path, facts, false, clock.monotonicNanos()));
        changed = true;
        return;
      }
      Life life = openings.hashed(path, before);
      TailedFile file = new TailedFile(tree.open(path), life);
      parked.remove(facts.key());
      changed = true;
      if (left.facts().isFollowedBy(facts) || file.isCut() || !openings.holdsIntended(file)) {
        // Cut, or another file with the number of one that is gone.
        file.close();
        lives.end(life, clock.wallMicros(), false);
        counters.truncations().increment();
        LOG.warn(line("Tailed file was cut or replaced while it was not looked at", path));
        newcomers.put(facts.key(), new Newcomer(path, facts, false, clock.monotonicNanos()));
        lookForCopies(life, new PatternWalk(tree, obstacles));
        return;
      }
      life.seenAt(path);
      tails.put(facts.key(), new Tail(file, facts, clock.monotonicNanos()));
    } catch (IOException e) {
      obstacles.met(path, e);
    }
  }

  private void followFromEnd(Path path, FileFacts facts) {
    try {
      FileTree.Open open = tree.open(path);
      changed = true;
      if (Packing.of(open).isPacked()) {
        open.close();
        held.put(facts.key(), new SavedTails.Held(path, facts, NOTHING));
        return;
      }
      TailedFile file = new TailedFile(open, lives.born(facts.key(), path));
      file.skipToEnd();
      tails.put(facts.key(), new Tail(file, facts, clock.monotonicNanos()));
      LOG.info(line("Tailing file from its end", path));
    } catch (IOException e) {
      obstacles.met(path, e);
    }
  }

  /// Files that are known and that no pattern finds: renamed away while nobody looked, gone, or
  /// behind something that cannot be read now.
  private void findParked(Set<String> seen, PatternWalk walk) {
    for (Map.Entry<String, Parked> entry : List.copyOf(parked.entrySet())) {
      Parked left = entry.getValue();
      Life life = left.life();
      Path folder = life.path().getParent();
      if (seen.contains(entry.getKey()) || folder == null) {
        continue;
      }
      Optional<Path> renamed =
          walk.entries(folder).stream()
              .filter(
                  path -> walk.facts(path).filter(f -> f.key().equals(entry.getKey())).isPresent())
              .findFirst();
      if (renamed.isPresent()) {
        walk.facts(renamed.get()).ifPresent(facts -> resume(renamed.get(), facts, left));
        Tail tail = tails.get(entry.getKey());
        if (tail != null) {
          tail.named(false);
        }
      } else if (isGone(life.path(), entry.getKey())) {
        parked.remove(entry.getKey());
        lives.end(life, clock.wallMicros(), true);
        changed = true;
        lookForCopies(life, walk);
        counters.lostFiles().increment();
        LOG.warn(
            line(
                    "A tailed file went while it was not looked at; what stood behind the part"
                        + " that was read is lost unless a copy of it is found",
                    life.path())
                .with(LogKeys.BYTES, life.offset()));
      }
    }
  }

  private boolean isGone(Path path, String key) {
    try {
      return !tree.facts(path).key().equals(key);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Takes note of what a rotation may have made of a life, whether a pattern matches it or not: a
  /// copy may hold what was not read yet.
  private void lookForCopies(Life life, PatternWalk walk) {
    for (SavedTails.Held one : List.copyOf(held.values())) {
      if (one.life().equals(life.id())) {
        held.remove(one.facts().key());
        newcomers.put(
            one.facts().key(),
            new Newcomer(one.path(), one.facts(), false, clock.monotonicNanos()));
      }
    }
    Path folder = life.path().getParent();
    if (folder == null) {
      return;
    }
    String name = RawPath.printable(RawPath.name(life.origin()));
    for (Path path : walk.entries(folder)) {
      if (!Kinship.isRotation(name, RawPath.printable(RawPath.name(path)))) {
        continue;
      }
      walk.facts(path)
          .filter(facts -> facts.kind() == FileFacts.Kind.FILE && !isKnown(facts.key()))
          .ifPresent(facts ->
              newcomers.put(facts.key(), new Newcomer(path, facts, true, clock.monotonicNanos())));
    }
  }

  private boolean isKnown(String key) {
    return tails.containsKey(key)
        || parked.containsKey(key)
        || held.containsKey(key)
        || newcomers.containsKey(key);
  }

  /// Ends the lives of files that were cut, and begins others in them.
  void noticeCuts() {
    for (Tail tail : tails()) {
      try {
        if (tail.file() instanceof TailedFile file
            && (file.isCut() || !openings.holdsIntended(file))) {
          cut(tail, file);
        }
      } catch (IOException e) {
        failed(tail, e);
      }
    }
  }

  private void cut(Tail tail, TailedFile file) throws IOException {
    Life before = tail.life();
    String key = tail.facts().key();
    lives.end(before, clock.wallMicros(), false);
    Life fresh = lives.after(before);
    Optional<Life> kept = openings.keptOfCut(file, before, fresh);
    counters.truncations().increment();
    changed = true;
    LOG.warn(
        line("Tailed file was cut or written anew, reading it from its beginning", before.path())
            .with(LogKeys.BYTES, before.offset()));
    if (kept.isPresent() || isGone(before.path(), key)) {
      TailedFile same = file.with(kept.orElse(fresh));
      if (kept.isPresent()) {
        same.settle();
      }
      Tail next = new Tail(same, tail.facts(), clock.monotonicNanos());
      next.named(tail.isNamed());
      tails.put(key, next);
    } else {
      // It may hold what was read elsewhere, or be packed: its content tells once it has some.
      tails.remove(key);
      closeQuietly(tail);
      Newcomer anew =
          new Newcomer(before.path(), tree.facts(before.path()), false, clock.monotonicNanos());
      anew.cutFrom(before);
      newcomers.put(key, anew);
    }
    long unread = tail.facts().size() - before.offset();
    if (unread > 0) {
      counters.lostFiles().increment();
      LOG.warn(
          line(
                  "The end of a cut file was seen but not read; it is lost unless a copy is found",
                  before.path())
              .with(LogKeys.BYTES, unread));
    }
    lookForCopies(before, new PatternWalk(tree, obstacles));
  }

  /// Decides what it can of the newcomers.
  void decide() {
    // A file comes before what a rotation makes of it.
    List<Newcomer> inOrder =
        newcomers.values().stream().sorted(Comparator.comparing(Newcomer::path)).toList();
    for (Newcomer newcomer : inOrder) {
      try {
        new Decision(this, newcomer).take();
      } catch (IOException e) {
        if (!newcomer.isBeside()) {
          obstacles.met(newcomer.path(), e);
        }
      }
    }
  }

  /// The life goes on in `newcomer`; whatever it was read in before is let go.
  void follow(Newcomer newcomer, LineFile file) {
    Life life = file.life();
    lives.revive(life);
    for (Tail tail : tails()) {
      if (tail.life() == life) {
        tails.remove(tail.facts().key());
        closeQuietly(tail);
      }
    }
    if (parked.values().removeIf(one -> one.life() == life) || life.offset() > 0) {
      lives.left(life);
    }
    life.seenAt(newcomer.path());
    Tail tail = new Tail(file, newcomer.facts(), clock.monotonicNanos());
    tail.named(!newcomer.isBeside());
    tails.put(newcomer.facts().key(), tail);
    newcomers.remove(newcomer.facts().key());
    changed = true;
  }

  /// The file need not be read.
  void hold(Newcomer newcomer, Optional<Life> copyOf) {
    newcomers.remove(newcomer.facts().key());
    if (!newcomer.isBeside()) {
      Life.Id id = copyOf.map(Life::id).orElse(NOTHING);
      held.put(newcomer.facts().key(), new SavedTails.Held(newcomer.path(), newcomer.facts(), id));
      changed = true;
    }
  }

  void drop(Newcomer newcomer) {
    newcomers.remove(newcomer.facts().key());
  }

  /// A file was read to its end and has no name any more, or is packed.
  void finished(Tail tail) {
    tails.remove(tail.facts().key());
    closeQuietly(tail);
    changed = true;
    // Given up: only what is packed, or much of it, is taken for it from now on.
    long longAgo = clock.wallMicros() - settings.rotationGrace().toNanos() / 1000 - 1;
    // Where something is in the way, it may hide what became of the file.
    boolean removed = !(tail.file() instanceof PackedFile) && obstacles.count() == 0;
    lives.end(tail.life(), longAgo, removed);
    if (tail.file() instanceof PackedFile && tail.isNamed()) {
      held.put(
          tail.facts().key(),
          new SavedTails.Held(tail.life().path(), tail.facts(), tail.life().id()));
    }
  }

  /// Closes a file that cannot be read but remembers how far it was: it is opened again when it
  /// can.
  void failed(Tail tail, IOException e) {
    obstacles.met(tail.life().path(), e);
    if (tail.file() instanceof PackedFile) {
      LOG.warn(
          line(
                  "A packed file is damaged; what was behind the damage is passed over",
                  tail.life().path())
              .with(LogKeys.BYTES, tail.life().offset()));
      finished(tail);
      return;
    }
    tails.remove(tail.facts().key());
    closeQuietly(tail);
    parked.put(tail.facts().key(), new Parked(tail.life(), tail.facts()));
    changed = true;
  }

  Lives lives() {
    return lives;
  }

  Openings openings() {
    return openings;
  }

  FileSettings settings() {
    return settings;
  }

  TailCounters counters() {
    return counters;
  }

  Clock clock() {
    return clock;
  }

  FileTree tree() {
    return tree;
  }

  /// All that a file may be kin to, and how each stands.
  Map<Life, Standing> standings() {
    Map<Life, Standing> all = new LinkedHashMap<>();
    long now = clock.wallMicros();
    for (Lives.Ended one : lives.ended()) {
      boolean lost =
          one.removed() && now - one.atMicros() > settings.rotationGrace().toNanos() / 1000;
      all.put(one.life(), new Standing(true, lost, Optional.empty()));
    }
    parked
        .values()
        .forEach(one -> all.put(one.life(), new Standing(false, false, Optional.empty())));
    for (Tail tail : tails.values()) {
      all.put(tail.life(), new Standing(!tail.isNamed(), false, Optional.of(tail)));
    }
    return all;
  }

  /// A life whose file is not open.
  ///
  /// @param facts what was seen of the file last
  record Parked(Life life, FileFacts facts) {}

  /// How a life stands.
  ///
  /// @param ended whether its file was cut or is gone
  /// @param lost whether it is gone for long
  /// @param tail what it is read in
  record Standing(boolean ended, boolean lost, Optional<Tail> tail) {}

  boolean hasChanged() {
    return changed;
  }

  boolean hasMoved() {
    return moved;
  }

  void changed() {
    changed = true;
  }

  void moved() {
    moved = true;
  }

  void saved() {
    changed = false;
    moved = false;
  }

  SavedTails toSave() {
    List<SavedTails.Read> reads = new ArrayList<>();
    tails.values().forEach(tail -> reads.add(toSave(tail.facts(), tail.life(), 0, false)));
    parked.values().forEach(one -> reads.add(toSave(one.facts(), one.life(), 0, false)));
    for (Lives.Ended one : lives.ended()) {
      reads.add(toSave(FileFacts.GONE, one.life(), Math.max(1, one.atMicros()), one.removed()));
    }
    return new SavedTails(
        lives.secret(),
        lives.floor(),
        settings.patterns().stream().map(PathPattern::text).toList(),
        reads,
        List.copyOf(held.values()));
  }

  private static SavedTails.Read toSave(
      FileFacts file, Life life, long endedMicros, boolean removed) {
    return new SavedTails.Read(
        file,
        life.origin(),
        life.path(),
        life.id(),
        life.read(),
        life.head(),
        life.before(),
        life.marks(),
        endedMicros,
        removed);
  }

  void close() {
    tails.values().forEach(this::closeQuietly);
    tails.clear();
  }

  private void closeQuietly(Tail tail) {
    try {
      tail.file().close();
    } catch (IOException e) {
      LOG.debug(
          line("Tailed file could not be closed", tail.life().path())
              .with(LogKeys.REASON, e.getClass().getSimpleName()));
    }
  }

  LogLine line(String sentence, Path path) {
    return LogLine.of(sentence)
        .with(LogKeys.SOURCE, settings.name())
        .with(LogKeys.FILE, RawPath.printable(path));
  }
}
