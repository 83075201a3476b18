package io.onex.source.file;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// What is to be done with a file that was not seen before.
final class Decision {
  /// A file that was not written to for this long is not being copied or packed any more.
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Logger LOG = LogManager.getLogger(Decision.class);

  private final TailContext context;
  private final KnownFiles files;
  private final Newcomer newcomer;

  Decision(TailContext context, KnownFiles files, Newcomer newcomer) {
    this.context = context;
    this.files = files;
    this.newcomer = newcomer;
  }

  /// Decides, or leaves it for later.
  void take() throws IOException {
    if (newcomer.facts().size() == 0) {
      return;
    }
    long now = context.nowNanos();
    boolean patient = newcomer.ageNanos(now) > context.settings().rotationGrace().toNanos();
    if (newcomer.isBeside() && patient) {
      files.drop(newcomer);
      return;
    }
    Packing packing = context.openings().packing(newcomer.path());
    if (packing.isPacked() && !packing.isUnpacked()) {
      LOG.warn(line("A file is packed in a way that is not unpacked, it is passed over"));
      files.hold(newcomer, Optional.empty());
    } else if (!packing.isPacked() || isSettled(now)) {
      compare(packing, patient);
    }
  }

  private void compare(Packing packing, boolean patient) throws IOException {
    Map<Life, KnownFiles.Standing> standings = files.standings();
    newcomer.cutFrom().ifPresent(standings::remove);
    try {
      Optional<Comparison.Kin> kin =
          new Comparison(files.lives().secret())
              .kin(() -> context.openings().content(newcomer.path(), packing), standings.keySet());
      if (kin.isEmpty()) {
        begin(packing);
      } else {
        KnownFiles.Standing standing = standings.get(kin.get().life());
        if (standing != null) {
          act(kin.get(), standing, packing, patient);
        }
      }
    } catch (Packing.TooMuchException e) {
      LOG.warn(
          line("A packed file is passed over")
              .with(LogKeys.REASON, String.valueOf(e.getMessage())));
      files.hold(newcomer, Optional.empty());
    }
  }

  /// Whether it begins like a file that was not read yet: it is compared once that was.
  private boolean beginsLikeUnread(Packing packing) throws IOException {
    byte[] head = head(packing, newcomer.path());
    for (Tail tail : files.tails()) {
      if (tail.life().offset() > 0
          || !(tail.file() instanceof TailedFile file)
          || file.behind() == 0) {
        continue;
      }
      byte[] other = file.head(Life.HEAD_BYTES);
      int alike = Math.min(head.length, other.length);
      boolean telling =
          alike == Life.HEAD_BYTES
              || packing.isPacked()
              || isRotationOf(tail.life())
              || newcomer.path().equals(tail.life().path());
      boolean moves =
          !tail.isNamed()
              || tail.mayHold(file.behind())
              || tail.idleNanos(context.nowNanos()) < context.settings().rotationGrace().toNanos();
      if (alike > 0 && telling && moves && Arrays.equals(head, 0, alike, other, 0, alike)) {
        return true;
      }
    }
    return false;
  }

  private byte[] head(Packing packing, Path path) throws IOException {
    try (InputStream in = context.openings().content(path, packing)) {
      return in.readNBytes(Life.HEAD_BYTES);
    } catch (EOFException e) {
      return new byte[0];
    }
  }

  private void act(
      Comparison.Kin kin, KnownFiles.Standing standing, Packing packing, boolean patient)
      throws IOException {
    Life life = kin.life();
    long length = packing.isPacked() ? kin.length() : newcomer.facts().size();
    boolean differs = !kin.whole() && (packing.isPacked() ? !kin.ended() : length >= life.offset());
    boolean samePlace = newcomer.path().equals(life.path());
    boolean rotation = isRotationOf(life);
    Kinship.Evidence evidence =
        new Kinship.Evidence(
            kin.agreed().length(),
            kin.whole(),
            standing.ended(),
            standing.lost(),
            samePlace,
            rotation,
            packing.isPacked(),
            isSettled(context.nowNanos()),
            patient);
    if (differs) {
      if (samePlace && !standing.ended() && !patient) {
        // In the place of what is not known to be gone: the next look tells.
        return;
      }
      boolean rewritten = samePlace && standing.ended() && !standing.lost();
      if (rewritten && !isBehind(standing)) {
        fork(kin, packing);
      } else if (!rewritten) {
        begin(packing);
      }
      return;
    }
    switch (Kinship.of(evidence)) {
      case NEW -> begin(packing);
      case WAIT -> {
        // Looked at again in the next round.
      }
      case CONTINUE -> {
        if (!isBehind(standing)) {
          goOn(life, packing);
        }
      }
      case COPY -> {
        if (!isBehind(standing) && life.offset() > 0) {
          copy(kin, packing, length);
        }
      }
    }
  }

  /// Whether what the life is read in has lines that come first.
  private boolean isBehind(KnownFiles.Standing standing) throws IOException {
    if (standing.tail().isEmpty()) {
      return false;
    }
    Tail tail = standing.tail().get();
    boolean moves = tail.idleNanos(context.nowNanos()) < SETTLED.toNanos();
    return tail.file().behind() > 0 && (moves || !tail.isNamed());
  }

  private void begin(Packing packing) throws IOException {
    if (newcomer.isBeside()) {
      files.drop(newcomer);
      return;
    }
    if (beginsLikeUnread(packing)) {
      // However long the log takes nothing: what that time was for has not begun.
      newcomer.waits(context.nowNanos());
      return;
    }
    Life life = files.lives().born(newcomer.facts().key(), newcomer.path());
    LineFile file = context.openings().open(newcomer, packing, life);
    files.follow(newcomer, file);
    LOG.info(line("Tailing file"));
  }

  private void goOn(Life life, Packing packing) throws IOException {
    boolean nothingFollows = !packing.isPacked() && newcomer.facts().size() == life.offset();
    passedOver(life, life.offset());
    if (nothingFollows && newcomer.isBeside()) {
      files.drop(newcomer);
    } else {
      files.follow(newcomer, context.openings().open(newcomer, packing, life));
    }
  }

  private void copy(Comparison.Kin kin, Packing packing, long length) throws IOException {
    if (kin.whole() || kin.agreed().length() == length) {
      passedOver(kin.life(), kin.agreed().length());
      files.hold(newcomer, Optional.of(kin.life()));
    } else {
      fork(kin, packing);
    }
  }

  /// Reads what stands behind the place up to which both agree, under the ids it would have had.
  private void fork(Comparison.Kin kin, Packing packing) throws IOException {
    passedOver(kin.life(), kin.agreed().length());
    Life life = kin.life().from(kin.life().id(), kin.agreed());
    life.seenAt(newcomer.path());
    LineFile file = context.openings().open(newcomer, packing, life);
    if (file instanceof TailedFile plain) {
      plain.settle();
    }
    files.follow(newcomer, file);
  }

  private void passedOver(Life life, long bytes) {
    context.counters().knownBytes().add(bytes);
    LOG.info(
        line("A file begins with what was read in another; that is passed over")
            .with("read_in", RawPath.printable(life.path()))
            .with(LogKeys.BYTES, bytes));
  }

  /// By its name, beside the other or in a folder below, where some rotations put what is old.
  private boolean isRotationOf(Life life) {
    return isRotationOf(life.path()) || isRotationOf(life.origin());
  }

  private boolean isRotationOf(Path path) {
    Path folder = path.getParent();
    return folder != null
        && newcomer.path().startsWith(folder)
        && Kinship.isRotation(
            RawPath.printable(RawPath.name(path)),
            RawPath.printable(RawPath.name(newcomer.path())));
  }

  /// Not written to for a moment, by our look or by its own time.
  private boolean isSettled(long nowNanos) {
    long writtenMicros = context.clock().wallMicros() - newcomer.facts().changedMicros();
    return newcomer.unchangedNanos(nowNanos) >= SETTLED.toNanos()
        || writtenMicros > 2 * SETTLED.toNanos() / 1000;
  }

  private LogLine line(String sentence) {
    return context.line(sentence, newcomer.path());
  }
}
