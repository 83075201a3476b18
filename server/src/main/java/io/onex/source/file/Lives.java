package io.onex.source.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The lives that ended a while ago, and the numbers of those to come. One thread at a time.
///
/// A pair of identity and generation is never used for two lives: a new file begins at the least
/// generation that no life which left its file has had, and a cut goes one further.
final class Lives {
  /// How long a life is remembered that no file holds any more.
  private static final long MEMORY_MICROS = 3_600_000_000L;

  private static final int MOST_ENDED = 1024;

  private final long secret;
  private int floor;
  private final List<Ended> ended = new ArrayList<>();

  Lives(long secret, int floor) {
    this.secret = secret;
    this.floor = floor;
  }

  /// A life that no file is read for.
  ///
  /// @param atMicros when it ended
  /// @param removed whether its file was removed, rather than cut
  record Ended(Life life, long atMicros, boolean removed) {}

  long secret() {
    return secret;
  }

  int floor() {
    return floor;
  }

  List<Ended> ended() {
    return List.copyOf(ended);
  }

  Life born(String identity, Path path) {
    return new Life(new Life.Id(identity, floor), path, secret);
  }

  /// What follows in the file that `cut` was cut in.
  Life after(Life cut) {
    int generation = Math.max(cut.id().generation() + 1, floor);
    return new Life(new Life.Id(cut.id().identity(), generation), cut.path(), secret);
  }

  /// Remembers a life that has come to its end.
  void end(Life life, long atMicros, boolean removed) {
    ended.add(new Ended(life, atMicros, removed));
    left(life);
  }

  /// A life is in the file no more that it is named after, which may come again.
  void left(Life life) {
    floor = Math.max(floor, life.id().generation() + 1);
  }

  /// It goes on in another file.
  void revive(Life life) {
    ended.removeIf(one -> one.life() == life);
  }

  /// @return whether any was forgotten
  boolean forget(long nowMicros) {
    boolean some = ended.removeIf(one -> Math.abs(nowMicros - one.atMicros()) > MEMORY_MICROS);
    while (ended.size() > MOST_ENDED) {
      ended.removeFirst();
      some = true;
    }
    return some;
  }
}
