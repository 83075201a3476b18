package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.secret.TextSecrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Elements that were refused one after the other, from which the secrets are taken.
///
/// Text that is written over several lines and sent as lines is refused line by line, and what says
/// that a line holds a secret may stand in those around it: they are read again with it. One thread
/// at a time.
final class RefusedLines {
  /// As far as a name may stand from its value, in bytes.
  private static final int REACH = 512;

  private static final Slice MASK = Slice.of(TextSecrets.MASK.getBytes(StandardCharsets.US_ASCII));

  private final List<byte[]> lines = new ArrayList<>();

  /// Adds the next element, of which a copy is kept.
  void add(Slice text) {
    lines.add(text.toByteArray());
  }

  void clear() {
    lines.clear();
  }

  /// All that were added, in their order, without their secrets.
  List<Slice> redacted(BodyDecoder decoder) {
    List<Slice> redacted = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      redacted.add(redacted(decoder, i));
    }
    return redacted;
  }

  private Slice redacted(BodyDecoder decoder, int index) {
    byte[] before = before(index);
    byte[] own = lines.get(index);
    byte[] after = after(index);
    Slice told = within(decoder, before, own, after);
    // What a mask takes beyond the line below is none of this line's.
    return told.equals(MASK) && after.length > 0 ? within(decoder, before, own, new byte[0]) : told;
  }

  /// The end of what stands before a line, with its line end.
  private byte[] before(int index) {
    int first = index;
    for (int left = REACH; first > 0 && left > 0; first--) {
      left -= lines.get(first - 1).length + 1;
    }
    byte[] all = joined(first, index);
    int from = Math.max(0, all.length - REACH);
    return Arrays.copyOfRange(all, from, all.length);
  }

  /// The beginning of what stands behind a line.
  private byte[] after(int index) {
    int last = index + 1;
    for (int left = REACH; last < lines.size() && left > 0; last++) {
      left -= lines.get(last).length + 1;
    }
    byte[] all = joined(index + 1, last);
    return Arrays.copyOf(all, Math.min(REACH, all.length));
  }

  private byte[] joined(int from, int to) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] line : lines.subList(from, to)) {
      all.writeBytes(line);
      all.write('\n');
    }
    return all.toByteArray();
  }

  /// A line cleaned among others; the mask alone when it is not told where it begins and ends.
  private static Slice within(BodyDecoder decoder, byte[] before, byte[] own, byte[] after) {
    if (before.length + after.length == 0) {
      return decoder.redacted(Slice.of(own));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(before);
    all.writeBytes(own);
    all.write('\n');
    all.writeBytes(after);
    Slice clean = decoder.redacted(Slice.of(all.toByteArray()));
    int first = ends(Slice.of(before));
    int inside = ends(Slice.of(own));
    if (ends(clean) != first + inside + 1 + ends(Slice.of(after))) {
      return MASK;
    }
    int from = behind(clean, first);
    return clean.part(from, behind(clean, first + inside + 1) - 1 - from);
  }

  /// Line ends in a text.
  private static int ends(Slice text) {
    int ends = 0;
    for (int i = text.offset(); i < text.end(); i++) {
      ends += text.array()[i] == '\n' ? 1 : 0;
    }
    return ends;
  }

  /// The index behind that many line ends.
  private static int behind(Slice text, int ends) {
    int at = 0;
    for (int left = ends; left > 0; at++) {
      left -= text.array()[text.offset() + at] == '\n' ? 1 : 0;
    }
    return at;
  }
}
