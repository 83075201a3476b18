package io.onex.event;

import io.onex.bytes.Slice;
import io.onex.secret.MaskSink;
import io.onex.secret.SecretKind;
import io.onex.secret.TextSecrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Replacements to be made in a stretch of bytes, in ascending order, none overlapping another.
///
/// One thread; reusable after [#clear].
final class Edits implements MaskSink {
  private static final byte[] MASK = TextSecrets.MASK.getBytes(StandardCharsets.US_ASCII);

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private byte[][] replacements = new byte[16][];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// Forgets all but the first `size` replacements.
  void cut(int size) {
    this.size = size;
  }

  /// Replaces the bytes from `start` up to `end`. An edit that overlaps the last one is joined with
  /// it.
  void add(int start, int end, byte[] replacement) {
    if (size > 0 && start < ends[size - 1]) {
      starts[size - 1] = Math.min(start, starts[size - 1]);
      ends[size - 1] = Math.max(end, ends[size - 1]);
      return;
    }
    grow();
    starts[size] = start;
    ends[size] = end;
    replacements[size] = replacement;
    size++;
  }

  private void grow() {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      replacements = Arrays.copyOf(replacements, size * 2);
    }
  }

  /// Replaces bytes before or between what is replaced already; edits inside them are forgotten,
  /// and nothing is done when they are inside an edit.
  void insert(int start, int end, byte[] replacement) {
    int at = size;
    while (at > 0 && starts[at - 1] >= start) {
      at--;
    }
    if (at > 0 && ends[at - 1] > start) {
      return;
    }
    int inside = at;
    while (inside < size && ends[inside] <= end) {
      inside++;
    }
    int removed = inside - at;
    if (removed == 0) {
      grow();
    }
    System.arraycopy(starts, inside, starts, at + 1, size - inside);
    System.arraycopy(ends, inside, ends, at + 1, size - inside);
    System.arraycopy(replacements, inside, replacements, at + 1, size - inside);
    starts[at] = start;
    ends[at] = end;
    replacements[at] = replacement;
    size += 1 - removed;
  }

  @Override
  public void found(SecretKind kind, int from, int to) {
    if (size > 0 && from < starts[size - 1]) {
      insert(from, to, MASK);
    } else {
      add(from, to, MASK);
    }
  }

  /// Whether anything between `from` and `to` is replaced.
  boolean touch(int from, int to) {
    int last = lastBefore(to);
    return last >= 0 && ends[last] > from;
  }

  /// Writes `tail` behind the last mask between `from` and `to`, of which some bytes are replaced.
  /// Answers whether all are, by a string in quotes.
  boolean extend(int from, int to, byte[] tail) {
    int last = lastBefore(to);
    byte[] old = replacements[last];
    int kept = old.length;
    while (kept > MASK.length && !isMask(old, kept)) {
      kept--;
    }
    byte[] longer = Arrays.copyOf(old, old.length + tail.length);
    System.arraycopy(tail, 0, longer, kept, tail.length);
    System.arraycopy(old, kept, longer, kept + tail.length, old.length - kept);
    replacements[last] = longer;
    return starts[last] == from && old[0] == '"';
  }

  private static boolean isMask(byte[] b, int end) {
    return TextSecrets.isMask(b, end - MASK.length, end);
  }

  /// The last edit that begins before `to`; -1 when there is none.
  private int lastBefore(int to) {
    int last = size - 1;
    while (last >= 0 && starts[last] >= to) {
      last--;
    }
    return last;
  }

  /// A part of the source after the edits; none lies across its ends.
  Slice edited(Slice part) {
    byte[] source = part.array();
    ByteArrayOutputStream target = new ByteArrayOutputStream(part.length());
    int read = part.offset();
    for (int i = 0; i < size && starts[i] < part.end(); i++) {
      if (starts[i] >= read) {
        target.write(source, read, starts[i] - read);
        target.writeBytes(replacements[i]);
        read = ends[i];
      }
    }
    target.write(source, read, Math.max(part.end() - read, 0));
    return Slice.of(target.toByteArray());
  }

  /// Length of the bytes from `from` to `to` after the edits.
  int editedLength(int from, int to) {
    return map(to, from);
  }

  /// Writes the edited bytes to `target`, which has room for [#editedLength].
  void apply(byte[] source, int from, int to, byte[] target) {
    int read = from;
    int written = 0;
    for (int i = 0; i < size; i++) {
      int plain = starts[i] - read;
      System.arraycopy(source, read, target, written, plain);
      written += plain;
      System.arraycopy(replacements[i], 0, target, written, replacements[i].length);
      written += replacements[i].length;
      read = ends[i];
    }
    System.arraycopy(source, read, target, written, to - read);
  }

  /// Where the byte at index `p` of the source stands in the target, whose first byte is that at
  /// `from`. An index inside a replaced stretch maps to the start of its replacement.
  int map(int p, int from) {
    int shift = 0;
    for (int i = 0; i < size && starts[i] < p; i++) {
      if (ends[i] > p) {
        return starts[i] + shift - from;
      }
      shift += replacements[i].length - (ends[i] - starts[i]);
    }
    return p + shift - from;
  }
}
