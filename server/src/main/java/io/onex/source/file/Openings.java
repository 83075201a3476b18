package io.onex.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Opens files to be read on from where their lives were left.
final class Openings {
  private final FileTree tree;
  private final long secret;
  private final int windowBytes;

  Openings(FileTree tree, long secret, int windowBytes) {
    this.tree = tree;
    this.secret = secret;
    this.windowBytes = windowBytes;
  }

  /// The life with its hash, which is computed anew from the file where an older program did not
  /// save it; as it is where the file is too short, and so was cut.
  Life hashed(FileTree.Open file, Life life) throws IOException {
    if (life.read().high() >= 0) {
      return life;
    }
    long head = Math.min(Life.HEAD_BYTES, life.offset());
    // Not closed: the file is read on.
    Content.Read read = Content.read(new OpenStream(file), List.of(head, life.offset()), secret);
    return read.ended()
        ? life
        : new Life(
            life.id(),
            life.origin(),
            life.path(),
            secret,
            read.states().getLast(),
            read.states().getFirst(),
            life.before(),
            List.of());
  }

  /// Whether a file of which nothing is known to be taken in holds what was to be.
  boolean holdsIntended(TailedFile file) throws IOException {
    Life life = file.life();
    if (life.offset() > 0 || life.marks().isEmpty()) {
      return true;
    }
    ContentHash.State intended = life.marks().getFirst();
    // Not closed: the file is read on.
    return Content.read(new OpenStream(file.file()), List.of(intended.length()), secret)
        .holds(intended);
  }

  /// Opens the file that `facts` tell of.
  ///
  /// @throws NoSuchFileException also when another file has its name now: between the look at it
  ///   and the opening it may have been renamed
  FileTree.Open open(Path path, FileFacts facts) throws IOException {
    FileTree.Open file = tree.open(path);
    boolean same = false;
    try {
      same = facts.isSameFile(tree.facts(path));
    } finally {
      if (!same) {
        file.close();
      }
    }
    if (!same) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  /// Opens what a newcomer holds, however it is packed, to be read on from where `life` was left.
  LineFile open(Newcomer newcomer, Packing packing, Life life) throws IOException {
    FileTree.Open file = open(newcomer.path(), newcomer.facts());
    try {
      return packing.isPacked()
          ? new PackedFile(packing.open(file), life, windowBytes)
          : new TailedFile(file, life);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  InputStream content(Path path, Packing packing) throws IOException {
    FileTree.Open file = tree.open(path);
    try {
      return packing.open(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  Packing packing(Path path) throws IOException {
    try (FileTree.Open file = tree.open(path)) {
      return Packing.of(file);
    }
  }

  /// What `fresh` has already after a cut, when a beginning of what was read is still there.
  Optional<Life> keptOfCut(TailedFile file, Life before, Life fresh) throws IOException {
    long size = file.file().size();
    Optional<ContentHash.State> kept = Optional.empty();
    if (size > 0) {
      List<ContentHash.State> marks =
          before.marks().stream().filter(mark -> mark.length() <= size).toList();
      if (!marks.isEmpty()) {
        List<Long> places = marks.stream().map(ContentHash.State::length).toList();
        // Not closed: the file is read on.
        Content.Read read = Content.read(new OpenStream(file.file()), places, secret);
        kept = marks.reversed().stream().filter(read::holds).findFirst();
      }
    }
    return kept.map(mark -> before.from(fresh.id(), mark));
  }
}
