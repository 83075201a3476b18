package io.onex.source.file;

import io.onex.telemetry.LogKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Ends the lives of files that were cut or written anew, and begins others in them. One thread at
/// a time.
final class Cuts {
  private static final Logger LOG = LogManager.getLogger(Cuts.class);

  private final TailContext context;
  private final KnownFiles files;

  Cuts(TailContext context, KnownFiles files) {
    this.context = context;
    this.files = files;
  }

  /// Looks at all files that are read.
  void notice() {
    for (Tail tail : files.tails()) {
      try {
        if (tail.file() instanceof TailedFile file
            && (file.isCut() || !context.openings().holdsIntended(file))) {
          cut(tail, file);
        }
      } catch (IOException e) {
        files.failed(tail, e);
      }
    }
  }

  private void cut(Tail tail, TailedFile file) throws IOException {
    Life before = tail.life();
    Life fresh = files.lives().after(before);
    // All that can fail comes before anything is changed.
    Optional<Life> kept = context.openings().keptOfCut(file, before, fresh);
    Optional<FileFacts> there = kept.isPresent() ? Optional.empty() : there(tail);
    TailedFile same = file.with(kept.orElse(fresh));
    if (kept.isPresent()) {
      same.settle();
    }
    files.cut(before);
    context.counters().truncations().increment();
    LOG.warn(
        context
            .line(
                "Tailed file was cut or written anew, reading it from its beginning", before.path())
            .with(LogKeys.BYTES, before.offset()));
    if (there.isPresent()) {
      // It may hold what was read elsewhere, or be packed: its content tells once it has some.
      files.letGo(tail);
      Newcomer anew = context.newcomer(before.path(), there.get());
      anew.cutFrom(before);
      files.met(anew);
    } else {
      Tail next = new Tail(same, tail.facts(), context.nowNanos());
      next.named(tail.isNamed(), context.nowNanos());
      files.read(next);
    }
    long unread = tail.facts().size() - before.offset();
    if (unread > 0) {
      context.counters().lostFiles().increment();
      LOG.warn(
          context
              .line(
                  "The end of a cut file was seen but not read; it is lost unless a copy is found",
                  before.path())
              .with(LogKeys.BYTES, unread));
    }
    lookForCopies(before, context.walk());
  }

  /// What the file is now, unless its name is gone from it.
  private Optional<FileFacts> there(Tail tail) throws IOException {
    try {
      return Optional.of(context.tree().facts(tail.life().path()))
          .filter(now -> tail.facts().isSameFile(now));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Takes note of what may hold the end of a life that was not read: files that need not be read
  /// as they are copies of it, and what a rotation may have made of it, whether a pattern matches
  /// that or not.
  void lookForCopies(Life life, PatternWalk walk) {
    for (SavedTails.Held copy : files.copiesOf(life)) {
      files.unhold(copy.facts().key());
      files.met(context.newcomer(copy.path(), copy.facts()));
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
          .filter(facts -> facts.kind() == FileFacts.Kind.FILE && !files.isKnown(facts.key()))
          .ifPresent(facts -> files.met(new Newcomer(path, facts, true, context.nowNanos())));
    }
  }
}
