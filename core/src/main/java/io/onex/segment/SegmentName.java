package io.onex.segment;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a segment file, `SEQUENCE-POSITION.segment`, which repeats what its header says so
/// that a file with a damaged header can still be placed.
///
/// @param sequence ordinal of the file in its directory, at least 1; higher is newer
/// @param firstPosition position at which the segment begins, at least 0
record SegmentName(long sequence, long firstPosition) implements Comparable<SegmentName> {
  static final String SUFFIX = ".segment";
  private static final Pattern PATTERN = Pattern.compile("(\\d{10})-(\\d{19})\\.segment");

  SegmentName {
    if (sequence < 1 || firstPosition < 0) {
      throw new IllegalArgumentException("no such segment: " + sequence + "-" + firstPosition);
    }
  }

  static Optional<SegmentName> parse(String fileName) {
    Matcher matcher = PATTERN.matcher(fileName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SegmentName(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The part that all files which belong to the segment begin with.
  String stem() {
    return String.format(Locale.ROOT, "%010d-%019d", sequence, firstPosition);
  }

  String fileName() {
    return stem() + SUFFIX;
  }

  @Override
  public int compareTo(SegmentName other) {
    return Long.compare(sequence, other.sequence);
  }
}
