package io.onex.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the life that a file holds, or holds the beginning of, by content alone.
final class Comparison {
  private final long secret;

  Comparison(long secret) {
    this.secret = secret;
  }

  /// What a file agrees with.
  ///
  /// @param life what it is a copy of
  /// @param agreed the last place up to which both are known to agree
  /// @param whole whether that is all that was taken in of the life
  /// @param length of the file's content, as far as it was looked at
  /// @param ended whether `length` is all of it
  record Kin(Life life, ContentHash.State agreed, boolean whole, long length, boolean ended) {}

  /// Opens the content from its beginning.
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  /// The life of `lives` that most of is held; the whole of one goes before a part of another.
  Optional<Kin> kin(Opening content, Collection<Life> lives) throws IOException {
    List<Life> alike = withSameHead(content, lives);
    if (alike.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<Long> places = new TreeSet<>();
    for (Life life : alike) {
      life.marks().forEach(mark -> places.add(mark.length()));
      places.add(life.head().length());
      places.add(life.offset());
    }
    Content.Read read;
    try (InputStream in = content.open()) {
      read = Content.read(in, List.copyOf(places), secret);
    }
    Optional<Kin> best = Optional.empty();
    for (Life life : alike) {
      Optional<Kin> kin = kin(life, read);
      if (kin.isPresent() && (best.isEmpty() || isCloser(kin.get(), best.get()))) {
        best = kin;
      }
    }
    return best;
  }

  private List<Life> withSameHead(Opening content, Collection<Life> lives) throws IOException {
    TreeSet<Long> places = new TreeSet<>();
    for (Life life : lives) {
      if (isKnown(life)) {
        places.add(life.head().length());
      }
    }
    if (places.isEmpty()) {
      return List.of();
    }
    Content.Read read;
    try (InputStream in = content.open()) {
      read = Content.read(in, List.copyOf(places), secret);
    }
    List<Life> alike = new ArrayList<>();
    for (Life life : lives) {
      boolean shorter = read.ended() && read.length() < life.head().length();
      if (isKnown(life) && (read.holds(life.head()) || (shorter && read.length() > 0))) {
        alike.add(life);
      }
    }
    return alike;
  }

  private static Optional<Kin> kin(Life life, Content.Read read) {
    if (life.offset() == 0) {
      // Perhaps taken in, perhaps not: it is read again under the ids it would have had.
      return life.marks().stream()
          .filter(read::holds)
          .findFirst()
          .map(first -> new Kin(life, first, true, read.length(), read.ended()));
    }
    if (read.holds(life.read())) {
      return Optional.of(new Kin(life, life.read(), true, read.length(), read.ended()));
    }
    Optional<ContentHash.State> last =
        life.marks().reversed().stream()
            .filter(mark -> !isHole(mark) && read.holds(mark))
            .findFirst();
    if (last.isEmpty() && !isHole(life.head()) && read.holds(life.head())) {
      last = Optional.of(life.head());
    }
    return last.map(mark -> new Kin(life, mark, false, read.length(), read.ended()));
  }

  /// NUL bytes alone say nothing of who wrote them.
  private static boolean isHole(ContentHash.State state) {
    return state.high() == 0 && state.pending() == 0;
  }

  private static boolean isKnown(Life life) {
    return life.read().high() >= 0 && (life.offset() > 0 || !life.marks().isEmpty());
  }

  private static boolean isCloser(Kin one, Kin other) {
    return one.whole() != other.whole()
        ? one.whole()
        : one.agreed().length() > other.agreed().length();
  }
}
