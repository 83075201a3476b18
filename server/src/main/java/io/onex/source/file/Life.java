package io.onex.source.file;

import io.onex.bytes.Slice;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What was written between a file's making, or its last cut, and its end, and how far of it was
/// taken in. It outlives the file: a copy or a packed file that holds it is read on from where it
/// was left. One thread at a time.
final class Life {
  /// What a content has to begin with before it is compared as a whole.
  static final int HEAD_BYTES = 1024;

  private static final int MOST_MARKS = 64;

  private final Id id;
  private final long secret;
  private final ContentHash hash;
  private final Deque<ContentHash.State> marks = new ArrayDeque<>();
  private ContentHash.State head;
  private final Path origin;
  private Path path;
  private int before;

  /// What makes a line's place one of its own.
  ///
  /// @param identity device and inode of the file it was first seen in
  /// @param generation never used twice with one identity
  record Id(String identity, int generation) {}

  Life(Id id, Path path, long secret) {
    this(id, path, path, secret, ContentHash.State.START, ContentHash.State.START, 0, List.of());
  }

  /// @param origin where it was first seen
  /// @param path where it was last seen
  /// @param read the hash of what was taken in
  /// @param head the hash of the first [#HEAD_BYTES] of it, or of all
  /// @param before CRC32C of the last bytes that were taken in
  /// @param marks earlier states of `read`, oldest first
  Life(
      Id id,
      Path origin,
      Path path,
      long secret,
      ContentHash.State read,
      ContentHash.State head,
      int before,
      List<ContentHash.State> marks) {
    this.id = id;
    this.origin = origin;
    this.path = path;
    this.secret = secret;
    this.hash = new ContentHash(secret, read);
    this.head = head;
    this.before = before;
    this.marks.addAll(marks);
  }

  Id id() {
    return id;
  }

  /// Where it was first seen: rotations name what they make after that.
  Path origin() {
    return origin;
  }

  /// Where it was last seen.
  Path path() {
    return path;
  }

  void seenAt(Path seen) {
    path = seen;
  }

  long offset() {
    return hash.state().length();
  }

  ContentHash.State read() {
    return hash.state();
  }

  ContentHash.State head() {
    return head;
  }

  int before() {
    return before;
  }

  /// Earlier places, oldest first.
  List<ContentHash.State> marks() {
    return List.copyOf(marks);
  }

  /// Bytes that were passed over or taken in.
  void add(byte[] bytes, int from, int count) {
    int toHead = (int) Math.min(count, Math.max(0, HEAD_BYTES - offset()));
    hash.update(bytes, from, toHead);
    if (toHead > 0) {
      head = hash.state();
    }
    hash.update(bytes, from + toHead, count - toHead);
  }

  /// What is taken in first, before it is: a copy of it is known again even if a crash comes before
  /// the place behind it is saved.
  ///
  /// @return whether that was not known yet
  boolean intend(LineFile.Lines first) {
    ContentHash intended = new ContentHash(secret, ContentHash.State.START);
    intended.updateZeros(first.hole());
    Slice bytes = first.bytes();
    intended.update(bytes.array(), bytes.offset(), bytes.length());
    boolean isNew = !List.copyOf(marks).equals(List.of(intended.state()));
    marks.clear();
    marks.add(intended.state());
    return isNew;
  }

  void addZeros(long count) {
    long toHead = Math.min(count, Math.max(0, HEAD_BYTES - offset()));
    hash.updateZeros(toHead);
    if (toHead > 0) {
      head = hash.state();
    }
    hash.updateZeros(count - toHead);
  }

  /// All that was added is durable now.
  ///
  /// @param crc of the last bytes
  void settle(int crc) {
    before = crc;
    marks.add(hash.state());
    if (marks.size() > MOST_MARKS) {
      marks.removeFirst();
    }
  }

  /// A life that has what this has before `mark`. What it was checked by has to be settled anew.
  Life from(Id other, ContentHash.State mark) {
    ContentHash.State first = mark.length() < head.length() ? mark : head;
    List<ContentHash.State> kept =
        marks.stream().filter(state -> state.length() < mark.length()).toList();
    return new Life(other, origin, path, secret, mark, first, 0, kept);
  }
}
