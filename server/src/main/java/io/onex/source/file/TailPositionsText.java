package io.onex.source.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The text in which positions are saved; `docs/reference/format/tailed-files.md` describes it.
final class TailPositionsText {
  private static final String TITLE = "onex file positions ";
  private static final int VERSION = 3;

  /// Of the marks of a life the last ones are saved.
  private static final int SAVED_MARKS = 4;

  /// A line of version 1: identity, offset, generation, check and path. A path held line ends as
  /// they were, so a line that is none goes on with the path before it.
  private static final Pattern LINE_1 =
      Pattern.compile("([^\t]*)\t(\\d{1,18})\t(\\d{1,9})\t([0-9a-f]{1,8})\t(.*)", Pattern.DOTALL);

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
    line(text, "secret", Long.toHexString(saved.secret()));
    line(text, "floor", Integer.toString(saved.floor()));
    saved.patterns().forEach(pattern -> line(text, "pattern", escaped(pattern)));
    saved.reads().forEach(read -> write(text, read));
    for (SavedTails.Held held : saved.held()) {
      FileFacts facts = held.facts();
      line(
          text,
          "held",
          escaped(facts.key()),
          path(held.path()),
          Long.toString(facts.size()),
          Long.toString(facts.changedMicros()),
          escaped(held.life().identity()),
          Integer.toString(held.life().generation()),
          Long.toString(facts.bornMicros()));
    }
    byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] end = check(body).getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(body, body.length + end.length);
    System.arraycopy(end, 0, whole, body.length, end.length);
    return whole;
  }

  private static void write(StringBuilder text, SavedTails.Read read) {
    List<ContentHash.State> marks = read.marks();
    List<String> last =
        marks.subList(Math.max(0, marks.size() - SAVED_MARKS), marks.size()).stream()
            .map(TailPositionsText::state)
            .toList();
    line(
        text,
        read.endedMicros() == 0 ? "read" : read.removed() ? "removed" : "cut",
        escaped(read.file().key()),
        path(read.path()),
        escaped(read.life().identity()),
        Integer.toString(read.life().generation()),
        state(read.read()),
        state(read.head()),
        Integer.toHexString(read.before()),
        Long.toString(read.endedMicros()),
        String.join(",", last),
        path(read.origin()),
        Long.toString(read.file().size()),
        Long.toString(read.file().changedMicros()),
        Long.toString(read.file().bornMicros()));
  }

  private static void line(StringBuilder text, String... parts) {
    text.append(String.join("\t", parts)).append('\n');
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
      case 1 -> new Outcome.Good(version1(lines));
      case 2, VERSION -> new Outcome.Good(since2(lines, version));
      default ->
          version > VERSION
              ? new Outcome.Newer(version)
              : new Outcome.Damaged("there is no version " + version);
    };
  }

  private static SavedTails version1(String lines) {
    List<String> whole = new ArrayList<>();
    String inner = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    for (String line : inner.split("\n", -1)) {
      if (LINE_1.matcher(line).matches() || whole.isEmpty()) {
        whole.add(line);
      } else {
        whole.set(whole.size() - 1, whole.getLast() + "\n" + line);
      }
    }
    List<SavedTails.Read> reads = new ArrayList<>();
    for (String line : whole) {
      Matcher parts = LINE_1.matcher(line);
      if (parts.matches()) {
        long offset = Long.parseLong(parts.group(2));
        Path path = RawPath.of(parts.group(5).getBytes(StandardCharsets.UTF_8));
        reads.add(
            new SavedTails.Read(
                known(parts.group(1), 0, 0, 0),
                path,
                path,
                new Life.Id(parts.group(1), Integer.parseInt(parts.group(3))),
                offset == 0 ? ContentHash.State.START : new ContentHash.State(offset, -1, 0),
                ContentHash.State.START,
                Integer.parseUnsignedInt(parts.group(4), 16),
                List.of(),
                0,
                false));
      }
    }
    return new SavedTails(0, 0, List.of(), reads, List.of());
  }

  private static SavedTails since2(String lines, int version) {
    long secret = 0;
    int floor = 0;
    List<String> patterns = new ArrayList<>();
    List<SavedTails.Read> reads = new ArrayList<>();
    List<SavedTails.Held> held = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      List<String> parts = List.of(line.split("\t", -1));
      switch (parts.getFirst()) {
        case "secret" -> secret = Long.parseUnsignedLong(parts.get(1), 16);
        case "floor" -> floor = Integer.parseInt(parts.get(1));
        case "pattern" -> patterns.add(unescaped(parts.get(1)));
        case "read", "cut", "removed" -> reads.add(read(parts, version));
        case "held" -> held.add(held(parts, version));
        default -> throw new IllegalArgumentException("an unknown line");
      }
    }
    return new SavedTails(secret, floor, patterns, reads, held);
  }

  private static SavedTails.Read read(List<String> parts, int version) {
    expect(parts, version == 2 ? 11 : 14);
    String key = unescaped(parts.get(1));
    FileFacts file = version == 2 ? known(key, 0, 0, 0) : facts(key, parts.subList(11, 14));
    List<ContentHash.State> marks = new ArrayList<>();
    for (String mark : parts.get(9).split(",", -1)) {
      if (!mark.isEmpty()) {
        marks.add(state(mark));
      }
    }
    return new SavedTails.Read(
        file,
        path(parts.get(10)),
        path(parts.get(2)),
        new Life.Id(unescaped(parts.get(3)), Integer.parseInt(parts.get(4))),
        state(parts.get(5)),
        state(parts.get(6)),
        Integer.parseUnsignedInt(parts.get(7), 16),
        marks,
        Long.parseLong(parts.get(8)),
        parts.getFirst().equals("removed"));
  }

  private static SavedTails.Held held(List<String> parts, int version) {
    expect(parts, version == 2 ? 7 : 8);
    long born = version == 2 ? 0 : Long.parseLong(parts.get(7));
    return new SavedTails.Held(
        path(parts.get(2)),
        known(
            unescaped(parts.get(1)),
            Long.parseLong(parts.get(3)),
            Long.parseLong(parts.get(4)),
            born),
        new Life.Id(unescaped(parts.get(5)), Integer.parseInt(parts.get(6))));
  }

  private static FileFacts facts(String key, List<String> numbers) {
    return known(
        key,
        Long.parseLong(numbers.get(0)),
        Long.parseLong(numbers.get(1)),
        Long.parseLong(numbers.get(2)));
  }

  private static FileFacts known(String key, long size, long changedMicros, long bornMicros) {
    return new FileFacts(FileFacts.Kind.FILE, key, size, changedMicros, bornMicros);
  }

  private static void expect(List<String> parts, int count) {
    if (parts.size() != count) {
      throw new IllegalArgumentException("a line of " + parts.size() + " parts");
    }
  }

  private static String state(ContentHash.State state) {
    return state.length() + ":" + state.high() + ":" + state.pending();
  }

  private static ContentHash.State state(String text) {
    List<String> parts = List.of(text.split(":", -1));
    expect(parts, 3);
    long length = Long.parseLong(parts.get(0));
    if (length < 0) {
      throw new IllegalArgumentException("a negative length");
    }
    return new ContentHash.State(
        length, Long.parseLong(parts.get(1)), Long.parseLong(parts.get(2)));
  }

  private static String escaped(String text) {
    return RawPath.encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String unescaped(String text) {
    return new String(RawPath.decoded(text), StandardCharsets.UTF_8);
  }

  private static String path(Path path) {
    return RawPath.encoded(RawPath.bytes(path));
  }

  private static Path path(String text) {
    return RawPath.of(RawPath.decoded(text));
  }

  private static String check(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return Long.toHexString(crc.getValue()) + "\n";
  }
}
