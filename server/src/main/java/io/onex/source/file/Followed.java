package io.onex.source.file;

import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The files that one source follows, from look to look. One thread at a time.
///
/// A file is known by device and inode while it lives. One that was not seen before is compared by
/// its content with what was read ([Kinship] decides): a copy that a rotation made goes on where
/// the file it was made of was left.
final class Followed {
  private static final Logger LOG = LogManager.getLogger(Followed.class);

  private final TailContext context;
  private final KnownFiles files;
  private final Cuts cuts;
  private final Resumption resumption;
  private final boolean firstStart;
  private final List<String> knownPatterns;
  private boolean firstLook = true;
  private boolean moved;

  Followed(
      FileSettings settings,
      FileTree tree,
      Clock clock,
      TailCounters counters,
      TailPositions.Loaded loaded,
      long secret,
      int windowBytes) {
    SavedTails saved = loaded.saved();
    Lives lives = new Lives(saved.secret() == 0 ? secret : saved.secret(), saved.floor());
    Obstacles obstacles = new Obstacles(settings.name(), counters.readErrors());
    Openings openings = new Openings(tree, lives.secret(), windowBytes);
    context = new TailContext(settings, tree, clock, counters, obstacles, openings);
    files = new KnownFiles(context, lives, saved);
    cuts = new Cuts(context, files);
    resumption = new Resumption(context, files, cuts);
    firstStart = loaded.isFirst();
    knownPatterns = saved.patterns();
  }

  List<Tail> tails() {
    return files.tails();
  }

  /// Looks for files: opens those that are known and notes those that are not.
  void look() {
    PatternWalk walk = context.walk();
    Set<String> seen = meetAll(walk);
    if (misses(seen)) {
      // What is renamed while the folders are read may be seen under neither name.
      walk = context.walk();
      seen = meetAll(walk);
    }
    for (Tail tail : files.tails()) {
      boolean isSeen = seen.contains(tail.facts().key());
      tail.named(
          isSeen || (tail.isNamed() && !context.isGone(tail.life().path(), tail.facts())),
          context.nowNanos());
    }
    files.forget(seen);
    resumption.find(seen, walk);
    context.obstacles().endOfLook();
    if (firstLook) {
      files.changed();
    }
    firstLook = false;
  }

  /// @return the keys of all files there are
  private Set<String> meetAll(PatternWalk walk) {
    Set<String> seen = new HashSet<>();
    for (PathPattern pattern : context.settings().patterns()) {
      boolean atEnd = isNewAtEnd(pattern);
      for (PatternWalk.Found found : walk.files(pattern)) {
        if (seen.add(found.facts().key())) {
          meet(found.path(), found.facts(), atEnd);
        }
      }
    }
    return seen;
  }

  /// Whether a file that is followed seems to be gone.
  private boolean misses(Set<String> seen) {
    for (Tail tail : files.tails()) {
      if (tail.isNamed()
          && !seen.contains(tail.facts().key())
          && context.isGone(tail.life().path(), tail.facts())) {
        return true;
      }
    }
    for (Parked left : files.parked()) {
      if (!seen.contains(left.facts().key()) && context.isGone(left.life().path(), left.facts())) {
        return true;
      }
    }
    return false;
  }

  /// Whether what the pattern matches at the first look was there before anybody asked for it.
  private boolean isNewAtEnd(PathPattern pattern) {
    return firstLook
        && context.settings().start() == FileSettings.Start.END
        && (firstStart || (!knownPatterns.isEmpty() && !knownPatterns.contains(pattern.text())));
  }

  private void meet(Path path, FileFacts facts, boolean atEnd) {
    String key = facts.key();
    Optional<Tail> tail = files.tail(key);
    Optional<Parked> parked = files.parked(key);
    Optional<SavedTails.Held> held =
        files.held(key).filter(one -> facts.isUnchangedFrom(one.facts()));
    if (tail.isPresent()) {
      seen(tail.get(), path, facts);
    } else if (parked.isPresent()) {
      resumption.resume(path, facts, parked.get());
    } else if (held.isPresent()) {
      files.hold(new SavedTails.Held(path, facts, held.get().life()));
    } else if (atEnd) {
      followFromEnd(path, facts);
    } else {
      meetNew(path, facts);
    }
  }

  private void seen(Tail tail, Path path, FileFacts facts) {
    if (!tail.life().path().equals(path)) {
      files.changed();
    }
    tail.life().seenAt(path);
    tail.seen(facts);
  }

  private void meetNew(Path path, FileFacts facts) {
    // It was written to, or is another: what was known of it no longer holds.
    files.unhold(facts.key());
    Optional<Newcomer> before = files.newcomer(facts.key());
    // Under another name it may be another file, with the number of one that is gone.
    if (before.isPresent() && !before.get().isBeside() && before.get().path().equals(path)) {
      before.get().seen(path, facts, context.nowNanos());
    } else {
      files.met(context.newcomer(path, facts));
    }
  }

  private void followFromEnd(Path path, FileFacts facts) {
    try {
      FileTree.Open open = context.openings().open(path, facts);
      if (Packing.of(open).isPacked()) {
        open.close();
        files.hold(context.newcomer(path, facts), Optional.empty());
        return;
      }
      TailedFile file = new TailedFile(open, files.lives().born(facts.key(), path));
      file.skipToEnd();
      files.read(new Tail(file, facts, context.nowNanos()));
      LOG.info(context.line("Tailing file from its end", path));
    } catch (NoSuchFileException e) {
      // Gone since it was seen: the next look finds what became of it.
    } catch (IOException e) {
      context.obstacles().met(path, e);
    }
  }

  /// Ends the lives of files that were cut, and begins others in them.
  void noticeCuts() {
    cuts.notice();
  }

  /// Decides what it can of the newcomers.
  void decide() {
    for (Newcomer newcomer : files.newcomers()) {
      try {
        new Decision(context, files, newcomer).take();
      } catch (NoSuchFileException e) {
        // Gone since it was seen: the next look finds what became of it.
      } catch (IOException e) {
        if (!newcomer.isBeside()) {
          context.obstacles().met(newcomer.path(), e);
        }
      }
    }
  }

  /// A file was read to its end and has no name any more, or is packed.
  void finished(Tail tail) {
    files.finished(tail);
  }

  /// A file cannot be read now.
  void failed(Tail tail, IOException e) {
    files.failed(tail, e);
  }

  /// Whether there is news to save, other than how far files were read.
  boolean hasChanged() {
    return files.hasChanged();
  }

  /// Whether files were read on.
  boolean hasMoved() {
    return moved;
  }

  void changed() {
    files.changed();
  }

  void moved() {
    moved = true;
  }

  void saved() {
    files.saved();
    moved = false;
  }

  SavedTails toSave() {
    return files.toSave();
  }

  void close() {
    files.close();
  }
}
