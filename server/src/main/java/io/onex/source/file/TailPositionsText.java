package io.onex.source.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The text in which positions are saved; `docs/reference/format/tailed-files.md` describes it.
final class TailPositionsText {
  private static final String TITLE = "onex file positions ";
  private static final int VERSION = 2;

  /// A line of version 1: identity, offset, generation, check and path. A path held line ends as
  /// they were, so a line that is none goes on with the path before it.
  private static final Pattern LINE_1 =
      Pattern.compile("([^\t]*)\t(\\d{1,18})\t(\\d{1,9})\t([0-9a-f]{1,8})\t(.*)");

  private TailPositionsText() {}

  /// What came of reading.
  sealed interface Outcome {
    record Good(SavedTails saved) implements Outcome {}

    record Newer(int version) implements Outcome {}

    /// @param what is wrong with it
    record Damaged(String what) implements Outcome {}
  }

  static byte[] write(SavedTails saved) {
    StringBuilder text = new StringBuilder(TITLE).append(VERSION).append('\n');
    for (TailPosition p : saved.positions()) {
      text.append(RawPath.encoded(p.identity().getBytes(StandardCharsets.UTF_8)));
      text.append('\t').append(p.offset()).append('\t').append(p.generation());
      text.append('\t').append(Integer.toHexString(p.before()));
      text.append('\t').append(RawPath.encoded(RawPath.bytes(p.path()))).append('\n');
    }
    byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] end = check(body).getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(body, body.length + end.length);
    System.arraycopy(end, 0, whole, body.length, end.length);
    return whole;
  }

  static Outcome read(byte[] bytes) {
    if (bytes.length == 0) {
      return new Outcome.Damaged("it is empty");
    }
    int start = bytes.length - 1;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    byte[] body = Arrays.copyOf(bytes, start);
    String last = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    if (!last.equals(check(body))) {
      return new Outcome.Damaged("its checksum does not match");
    }
    try {
      return parse(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return new Outcome.Damaged("it does not hold what it should: " + e.getMessage());
    }
  }

  private static Outcome parse(String body) {
    int titleEnd = body.indexOf('\n');
    String title = titleEnd < 0 ? "" : body.substring(0, titleEnd);
    if (!title.matches(TITLE + "\\d{1,9}")) {
      return new Outcome.Damaged("it does not begin with its title");
    }
    int version = Integer.parseInt(title.substring(TITLE.length()));
    String lines = body.substring(titleEnd + 1);
    return switch (version) {
      case 1 -> new Outcome.Good(new SavedTails(readLines1(lines)));
      case VERSION -> new Outcome.Good(new SavedTails(readLines2(lines)));
      default ->
          version > VERSION
              ? new Outcome.Newer(version)
              : new Outcome.Damaged("there is no version " + version);
    };
  }

  private static List<TailPosition> readLines1(String lines) {
    List<String> whole = new ArrayList<>();
    String inner = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    for (String line : inner.split("\n", -1)) {
      if (LINE_1.matcher(line).matches() || whole.isEmpty()) {
        whole.add(line);
      } else {
        whole.set(whole.size() - 1, whole.getLast() + "\n" + line);
      }
    }
    List<TailPosition> positions = new ArrayList<>();
    for (String line : whole) {
      Matcher parts = Pattern.compile(LINE_1.pattern(), Pattern.DOTALL).matcher(line);
      if (parts.matches()) {
        byte[] path = parts.group(5).getBytes(StandardCharsets.UTF_8);
        positions.add(
            new TailPosition(
                parts.group(1),
                RawPath.of(path),
                Long.parseLong(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseUnsignedInt(parts.group(4), 16)));
      }
    }
    return positions;
  }

  private static List<TailPosition> readLines2(String lines) {
    List<TailPosition> positions = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      String[] parts = line.split("\t", -1);
      if (parts.length != 5) {
        throw new IllegalArgumentException("a line of " + parts.length + " parts");
      }
      positions.add(
          new TailPosition(
              new String(RawPath.decoded(parts[0]), StandardCharsets.UTF_8),
              RawPath.of(RawPath.decoded(parts[4])),
              Long.parseLong(parts[1]),
              Integer.parseInt(parts[2]),
              Integer.parseUnsignedInt(parts[3], 16)));
    }
    return positions;
  }

  private static String check(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return Long.toHexString(crc.getValue()) + "\n";
  }
}
