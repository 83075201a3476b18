package io.onex.source.file;

import io.onex.telemetry.LogKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// The files that one source knows, each in one of four states: read, parked, held (need not be
/// read) or not decided; and the lives that ended. One thread at a time.
final class KnownFiles {
  private static final Life.Id NOTHING = new Life.Id("", 0);

  private static final Logger LOG = LogManager.getLogger(KnownFiles.class);

  private final TailContext context;
  private final Lives lives;
  private final Map<String, Tail> tails = new LinkedHashMap<>();
  private final Map<String, Parked> parked = new LinkedHashMap<>();
  private final Map<String, SavedTails.Held> held = new LinkedHashMap<>();
  private final Map<String, Newcomer> newcomers = new LinkedHashMap<>();
  private boolean changed;

  KnownFiles(TailContext context, Lives lives, SavedTails saved) {
    this.context = context;
    this.lives = lives;
    for (SavedTails.Read read : saved.reads()) {
      Life life = read.toLife(lives.secret());
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

  Lives lives() {
    return lives;
  }

  List<Tail> tails() {
    return List.copyOf(tails.values());
  }

  Optional<Tail> tail(String key) {
    return Optional.ofNullable(tails.get(key));
  }

  /// Reads a file from now on.
  void read(Tail tail) {
    tails.put(tail.facts().key(), tail);
    changed = true;
  }

  /// Closes a file and knows it no more.
  void letGo(Tail tail) {
    tails.remove(tail.facts().key());
    changed = true;
    try {
      tail.file().close();
    } catch (IOException e) {
      LOG.debug(
          context
              .line("Tailed file could not be closed", tail.life().path())
              .with(LogKeys.REASON, e.getClass().getSimpleName()));
    }
  }

  List<Parked> parked() {
    return List.copyOf(parked.values());
  }

  Optional<Parked> parked(String key) {
    return Optional.ofNullable(parked.get(key));
  }

  void park(Parked one) {
    parked.put(one.facts().key(), one);
    changed = true;
  }

  void unpark(Parked one) {
    parked.remove(one.facts().key());
    changed = true;
  }

  Optional<SavedTails.Held> held(String key) {
    return Optional.ofNullable(held.get(key));
  }

  void hold(SavedTails.Held one) {
    held.put(one.facts().key(), one);
    changed = true;
  }

  /// The newcomer need not be read.
  void hold(Newcomer newcomer, Optional<Life> copyOf) {
    drop(newcomer);
    if (!newcomer.isBeside()) {
      Life.Id id = copyOf.map(Life::id).orElse(NOTHING);
      hold(new SavedTails.Held(newcomer.path(), newcomer.facts(), id));
    }
  }

  void unhold(String key) {
    changed |= held.remove(key) != null;
  }

  /// What need not be read because it is a copy of this.
  List<SavedTails.Held> copiesOf(Life life) {
    return held.values().stream().filter(one -> one.life().equals(life.id())).toList();
  }

  /// Newcomers, in order of their paths: a file comes before what a rotation makes of it.
  List<Newcomer> newcomers() {
    return newcomers.values().stream().sorted(Newcomer.BY_PATH).toList();
  }

  Optional<Newcomer> newcomer(String key) {
    return Optional.ofNullable(newcomers.get(key));
  }

  void met(Newcomer newcomer) {
    newcomers.put(newcomer.facts().key(), newcomer);
  }

  void drop(Newcomer newcomer) {
    newcomers.remove(newcomer.facts().key());
  }

  boolean isKnown(String key) {
    return tails.containsKey(key)
        || parked.containsKey(key)
        || held.containsKey(key)
        || newcomers.containsKey(key);
  }

  /// Ends a life whose file was cut, or is another now.
  void cut(Life life) {
    lives.end(life, context.clock().wallMicros(), false);
    changed = true;
  }

  /// Ends a life whose file is gone.
  void removed(Life life) {
    lives.end(life, context.clock().wallMicros(), true);
    changed = true;
  }

  /// The life goes on in `newcomer`; whatever it was read in before is let go.
  void follow(Newcomer newcomer, LineFile file) {
    Life life = file.life();
    lives.revive(life);
    tails().stream().filter(tail -> tail.life() == life).forEach(this::letGo);
    if (parked.values().removeIf(one -> one.life() == life) || life.offset() > 0) {
      lives.left(life);
    }
    life.seenAt(newcomer.path());
    Tail tail = new Tail(file, newcomer.facts(), context.nowNanos());
    tail.named(!newcomer.isBeside(), context.nowNanos());
    drop(newcomer);
    read(tail);
  }

  /// A file was read to its end and has no name any more, or is packed.
  void finished(Tail tail) {
    letGo(tail);
    // Given up: only what is packed, or much of it, is taken for it from now on.
    long grace = context.settings().rotationGrace().toNanos() / 1000;
    long longAgo = context.clock().wallMicros() - grace - 1;
    boolean packed = tail.file() instanceof PackedFile;
    // Where something is in the way, it may hide what became of the file.
    lives.end(tail.life(), longAgo, !packed && context.obstacles().count() == 0);
    if (packed && tail.isNamed()) {
      hold(new SavedTails.Held(tail.life().path(), tail.facts(), tail.life().id()));
    }
  }

  /// A file cannot be read: it is opened again, where it was left, when it can be. What is packed
  /// and damaged never can.
  void failed(Tail tail, IOException e) {
    Path path = tail.life().path();
    context.obstacles().met(path, e);
    if (tail.file() instanceof PackedFile) {
      LOG.warn(
          context
              .line("A packed file is damaged; what was behind the damage is passed over", path)
              .with(LogKeys.BYTES, tail.life().offset()));
      finished(tail);
      return;
    }
    letGo(tail);
    park(new Parked(tail.life(), tail.facts()));
  }

  /// Forgets what is gone: files that were not seen, unless something may hide them, and lives that
  /// ended long ago.
  void forget(Set<String> seen) {
    if (context.obstacles().count() == 0) {
      changed |= held.keySet().removeIf(key -> !seen.contains(key));
    }
    newcomers.values().removeIf(one -> !one.isBeside() && !seen.contains(one.facts().key()));
    changed |= lives.forget(context.clock().wallMicros());
  }

  /// All that a file may be kin to, and how each stands.
  Map<Life, Standing> standings() {
    Map<Life, Standing> all = new LinkedHashMap<>();
    long now = context.clock().wallMicros();
    long grace = context.settings().rotationGrace().toNanos() / 1000;
    for (Lives.Ended one : lives.ended()) {
      boolean lost = one.removed() && now - one.atMicros() > grace;
      all.put(one.life(), new Standing(true, lost, Optional.empty()));
    }
    for (Parked one : parked.values()) {
      all.put(one.life(), new Standing(false, false, Optional.empty()));
    }
    for (Tail tail : tails.values()) {
      all.put(tail.life(), new Standing(!tail.isNamed(), false, Optional.of(tail)));
    }
    return all;
  }

  /// How a life stands.
  ///
  /// @param ended whether its file was cut or is gone
  /// @param lost whether it is gone for long
  /// @param tail what it is read in
  record Standing(boolean ended, boolean lost, Optional<Tail> tail) {}

  /// Whether there is news to save.
  boolean hasChanged() {
    return changed;
  }

  void changed() {
    changed = true;
  }

  void saved() {
    changed = false;
  }

  SavedTails toSave() {
    List<SavedTails.Read> reads = new ArrayList<>();
    for (Tail tail : tails.values()) {
      reads.add(SavedTails.Read.of(tail.facts(), tail.life()));
    }
    parked.values().forEach(one -> reads.add(SavedTails.Read.of(one.facts(), one.life())));
    lives.ended().forEach(one -> reads.add(SavedTails.Read.of(one)));
    return new SavedTails(
        lives.secret(),
        lives.floor(),
        context.settings().patterns().stream().map(PathPattern::text).toList(),
        reads,
        List.copyOf(held.values()));
  }

  void close() {
    tails().forEach(this::letGo);
  }
}
