package io.onex.source.file;

import io.onex.telemetry.LogKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Goes on with parked files, wherever they are now. One thread at a time.
final class Resumption {
  private static final Logger LOG = LogManager.getLogger(Resumption.class);

  private final TailContext context;
  private final KnownFiles files;
  private final Cuts cuts;

  Resumption(TailContext context, KnownFiles files, Cuts cuts) {
    this.context = context;
    this.files = files;
    this.cuts = cuts;
  }

  /// Opens what was parked under the key of `facts`, if it is still that file.
  void resume(Path path, FileFacts facts, Parked left) {
    try {
      FileTree.Open open = context.openings().open(path, facts);
      boolean kept = false;
      try {
        kept = resume(path, facts, left, open);
      } finally {
        if (!kept) {
          open.close();
        }
      }
    } catch (NoSuchFileException e) {
      // Gone since it was seen: the next look finds what became of it.
    } catch (IOException e) {
      context.obstacles().met(path, e);
    }
  }

  /// @return whether it is read on
  private boolean resume(Path path, FileFacts facts, Parked left, FileTree.Open open)
      throws IOException {
    if (Packing.of(open).isPacked()) {
      // It was read half, or it is another file with the number of one that was packed: its
      // content tells.
      files.unpark(left);
      files.cut(left.life());
      files.met(context.newcomer(path, facts));
      return false;
    }
    Life life = context.openings().hashed(open, left.life());
    TailedFile file = new TailedFile(open, life);
    boolean another = left.facts().isFollowedBy(facts);
    if (another || file.isCut() || !context.openings().holdsIntended(file)) {
      files.unpark(left);
      files.cut(life);
      context.counters().truncations().increment();
      LOG.warn(context.line("Tailed file was cut or replaced while it was not looked at", path));
      files.met(context.newcomer(path, facts));
      cuts.lookForCopies(life, context.walk());
      return false;
    }
    files.unpark(left);
    life.seenAt(path);
    files.read(new Tail(file, facts, context.nowNanos()));
    return true;
  }

  /// Looks for parked files that no pattern finds: renamed away while nobody looked, gone, or
  /// behind something that cannot be read now.
  ///
  /// @param seen keys of the files that patterns find
  void find(Set<String> seen, PatternWalk walk) {
    for (Parked left : files.parked()) {
      if (!seen.contains(left.facts().key())) {
        find(left, walk);
      }
    }
  }

  private void find(Parked left, PatternWalk walk) {
    Life life = left.life();
    Path folder = life.path().getParent();
    if (folder == null) {
      return;
    }
    String key = left.facts().key();
    for (Path path : walk.entries(folder)) {
      Optional<FileFacts> facts = walk.facts(path).filter(found -> found.key().equals(key));
      if (facts.isPresent()) {
        resume(path, facts.get(), left);
        files.tail(key).ifPresent(tail -> tail.named(false, context.nowNanos()));
        return;
      }
    }
    if (context.isGone(life.path(), left.facts())) {
      files.unpark(left);
      files.removed(life);
      cuts.lookForCopies(life, walk);
      context.counters().lostFiles().increment();
      LOG.warn(
          context
              .line(
                  "A tailed file went while it was not looked at; what stood behind the part that"
                      + " was read is lost unless a copy of it is found",
                  life.path())
              .with(LogKeys.BYTES, life.offset()));
    }
  }
}
