package io.onex.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.onex.bytes.Slice;
import io.onex.log.LogUnavailableException;
import io.onex.storage.PowerCutStorage;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// One run of the tailing simulation: what happens follows from its seed. One thread at a time.
final class TailingRun implements Clock {
  /// One program that writes a log.
  private static final class Writer {
    final Path path;
    final boolean appends;
    SimulatedTree.Inode inode;
    long at;
    String half = "";

    Writer(Path path, boolean appends) {
      this.path = path;
      this.appends = appends;
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Random random;
  private final long seed;
  private final SimulatedTree tree = new SimulatedTree();
  private final List<Writer> writers = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private final Map<String, String> taken = new HashMap<>();
  private final Set<String> takenTexts = new HashSet<>();
  private final List<String> trace = new ArrayList<>();
  private PowerCutStorage storage = new PowerCutStorage();
  private FileSource source;
  private long nanos = 1_000_000_000_000L;
  private boolean up;
  private int killIn = -1;
  private final boolean busy;
  private boolean looking;
  private boolean happening;

  /// The files there were when the gateway went down, until it looks again.
  private Map<SimulatedTree.Inode, byte[]> leftBehind = Map.of();

  /// Lines that nobody can tell whether they were written once or twice.
  private final Set<String> undecidable = new HashSet<>();

  /// @param keepsBirths whether the file system knows when a file was made
  /// @param busy whether files change while the gateway looks at them, too
  TailingRun(long seed, boolean keepsBirths, boolean busy) {
    this.seed = seed;
    tree.keepsBirths = keepsBirths;
    this.busy = busy;
    if (busy) {
      tree.meanwhile = this::meanwhile;
    }
    random = new Random(seed);
    tree.nowMicros = wallMicros();
  }

  int lines() {
    return written.size();
  }

  int steps() {
    return trace.size();
  }

  void all() throws Exception {
    try {
      Path logs = Path.of("/logs");
      int services = 1 + random.nextInt(3);
      for (int i = 0; i < services; i++) {
        Path folder = RawPath.child(logs, folderName(i));
        tree.folder(folder);
        writers.add(
            new Writer(
                RawPath.child(folder, "app.log".getBytes(StandardCharsets.US_ASCII)),
                random.nextBoolean()));
        open(writers.getLast());
        if (random.nextBoolean()) {
          tree.link(RawPath.child(folder, new byte[] {'l', 'o', 'o', 'p'}), logs);
        }
      }
      start();
      int steps = 20 + random.nextInt(60);
      for (int i = 0; i < steps; i++) {
        step();
      }
      finish();
      judge();
    } catch (Exception | AssertionError e) {
      System.out.println("seed " + seed + "\n" + String.join("\n", trace));
      throw e;
    }
  }

  /// Now and then something happens between two things the gateway does.
  private void meanwhile() {
    if (!looking || happening || random.nextInt(200) > 0) {
      return;
    }
    happening = true;
    nanos += 1_000_000;
    tree.nowMicros = wallMicros();
    try {
      change(writers.get(random.nextInt(writers.size())), random.nextInt(9));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    happening = false;
  }

  private byte[] folderName(int i) {
    byte[][] ends = {{}, {'\n'}, {(byte) 0xe9}, {' ', '%'}, {(byte) 0xc3, (byte) 0xa9}, {0x1b}};
    byte[] end = ends[random.nextInt(ends.length)];
    return SimulatedTree.joined(new byte[] {'s', (byte) ('0' + i)}, end);
  }

  private void step() throws Exception {
    nanos += 1_000_000;
    tree.nowMicros = wallMicros();
    Writer writer = writers.get(random.nextInt(writers.size()));
    int what = random.nextInt(16);
    switch (what) {
      case 10 -> stopOrKill();
      case 11 -> start();
      case 12, 13, 14, 15 -> look();
      default -> change(writer, what);
    }
  }

  private void change(Writer writer, int what) throws Exception {
    switch (what) {
      case 0, 1, 2, 3 -> write(writer, 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 8));
      case 4 -> renameAway(writer);
      case 5 -> copyAndCut(writer);
      case 6 -> pack(writer);
      case 7 -> rewrite(writer);
      case 8 -> removeOldest(writer);
      case 9 -> {
        boolean close = random.nextBoolean();
        note(close ? "close" : "open", writer);
        tree.close(writer.path.getParent(), close);
      }
      default -> throw new IllegalArgumentException("nothing that changes files: " + what);
    }
  }

  private void open(Writer writer) {
    writer.inode = tree.create(writer.path);
    writer.inode.handles++;
    writer.at = 0;
  }

  private void write(Writer writer, int count) {
    StringBuilder text = new StringBuilder(writer.half);
    for (int i = 0; i < count; i++) {
      String line =
          "{\"n\":" + written.size() + ",\"x\":\"" + "x".repeat(random.nextInt(60)) + "\"}";
      written.add(line);
      text.append(line).append('\n');
    }
    writer.half = "";
    if (random.nextInt(4) == 0) {
      int keep = 1 + random.nextInt(5);
      writer.half = text.substring(text.length() - keep);
      text.setLength(text.length() - keep);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    long at = writer.appends ? writer.inode.content.length : writer.at;
    writer.inode.write(at, bytes);
    writer.at = at + bytes.length;
    note(
        "write "
            + count
            + " up to "
            + (written.size() - 1)
            + (writer.half.isEmpty() ? "" : " half"),
        writer);
  }

  private void whole(Writer writer) {
    if (!writer.half.isEmpty()) {
      byte[] rest = writer.half.getBytes(StandardCharsets.US_ASCII);
      long at = writer.appends ? writer.inode.content.length : writer.at;
      writer.inode.write(at, rest);
      writer.at = at + rest.length;
      writer.half = "";
    }
  }

  private void shift(Writer writer) {
    for (int i = 5; i > 0; i--) {
      for (String packed : new String[] {"", ".gz", ".zst"}) {
        Path from = beside(writer, "." + i + packed);
        if (tree.at(from) != null) {
          tree.rename(from, beside(writer, "." + (i + 1) + packed));
        }
      }
    }
  }

  private void renameAway(Writer writer) {
    if (!canShift(writer)) {
      return;
    }
    note("rename", writer);
    shift(writer);
    tree.rename(writer.path, beside(writer, ".1"));
    if (random.nextBoolean()) {
      write(writer, 1 + random.nextInt(3));
    }
    whole(writer);
    writer.inode.let();
    open(writer);
  }

  private void copyAndCut(Writer writer) throws Exception {
    if (!canShift(writer)) {
      return;
    }
    whole(writer);
    note("copy", writer);
    shift(writer);
    SimulatedTree.Inode copy = tree.create(beside(writer, ".1"));
    copy.write(0, writer.inode.content);
    if (!happening && random.nextInt(3) == 0) {
      // What is written between a copy and the cut is lost by whoever cuts.
      happening = true;
      if (busy) {
        lookAfter(250);
      } else {
        look();
      }
      happening = false;
    }
    note("cut", writer);
    writer.inode.truncate();
  }

  private void pack(Writer writer) throws IOException {
    for (int i = 1; i < 6; i++) {
      Path path = beside(writer, "." + i);
      SimulatedTree.Inode inode = tree.at(path);
      if (inode == null || random.nextBoolean()) {
        continue;
      }
      boolean zstd = random.nextBoolean();
      note("pack " + i + (zstd ? " zst" : " gz"), writer);
      SimulatedTree.Inode packed = tree.create(beside(writer, "." + i + (zstd ? ".zst" : ".gz")));
      packed.write(0, zstd ? Zstd.compress(inode.content) : gzip(inode.content));
      tree.remove(path);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /// As `sed -i` does: the same content in another file of the same name. What writes goes on in
  /// the one that has no name any more, so it opens the other.
  private void rewrite(Writer writer) {
    whole(writer);
    note("rewrite", writer);
    SimulatedTree.Inode copy = tree.create(beside(writer, "-sed"));
    copy.write(0, writer.inode.content);
    tree.rename(beside(writer, "-sed"), writer.path);
    writer.inode.let();
    writer.inode = copy;
    copy.handles++;
    writer.at = copy.content.length;
  }

  /// Only when all lines in it were taken: nobody can read what was removed.
  private void removeOldest(Writer writer) {
    for (int i = 6; i > 0; i--) {
      Path path = beside(writer, "." + i);
      SimulatedTree.Inode inode = tree.at(path);
      if (inode != null && allTaken(inode)) {
        note("remove " + i, writer);
        tree.remove(path);
        return;
      }
    }
  }

  private boolean allTaken(SimulatedTree.Inode inode) {
    String text = new String(inode.content, StandardCharsets.US_ASCII).replace("\0", "");
    return takenTexts.containsAll(text.lines().toList());
  }

  private boolean canShift(Writer writer) {
    for (String packed : new String[] {"", ".gz", ".zst"}) {
      if (tree.at(beside(writer, ".6" + packed)) != null
          || tree.at(beside(writer, ".5" + packed)) != null) {
        return false;
      }
    }
    return true;
  }

  private Path beside(Writer writer, String end) {
    return RawPath.child(
        writer.path.getParent(), ("app.log" + end).getBytes(StandardCharsets.US_ASCII));
  }

  private void look() throws Exception {
    if (!up) {
      return;
    }
    boolean later = random.nextInt(5) == 0;
    if (busy && later) {
      // Files change meanwhile, so it looks as often as it does in truth.
      for (int i = 0; i < 24 && up; i++) {
        lookAfter(250);
      }
    } else {
      lookAfter(later ? 6_000 : 250);
    }
  }

  private void lookAfter(long millis) throws Exception {
    if (!up) {
      return;
    }
    nanos += millis * 1_000_000;
    tree.nowMicros = busy ? wallMicros() : tree.nowMicros;
    trace.add("look at " + nanos / 1_000_000);
    killIn = random.nextInt(12) == 0 ? random.nextInt(3) : -1;
    looking = true;
    try {
      for (int i = 1 + random.nextInt(3); i > 0 && round(); i--) {
        // Goes on as the tailer does.
      }
    } catch (LogUnavailableException e) {
      trace.add("log unavailable");
    } catch (Killed e) {
      trace.add("killed");
      looking = false;
      killed();
    }
    killIn = -1;
    looking = false;
  }

  private boolean round() throws LogUnavailableException, InterruptedException {
    if (!tree.keepsBirths) {
      leftBehind.forEach(this::noteUsedAgain);
    }
    leftBehind = Map.of();
    return source.round();
  }

  /// A file with the number and the beginning of one that was read, which is gone: only when it was
  /// made could tell it from that one, renamed. What both hold stands in a third file now: that may
  /// be a copy, or what another program wrote in the same words.
  private void noteUsedAgain(SimulatedTree.Inode before, byte[] content) {
    for (SimulatedTree.Inode now : tree.contents().keySet()) {
      int alike = Math.min(content.length, now.content.length);
      if (now != before
          && now.number == before.number
          && alike > 0
          && Arrays.equals(content, 0, alike, now.content, 0, alike)) {
        for (byte[] bytes : List.of(content, now.content)) {
          undecidable.addAll(new String(bytes, StandardCharsets.US_ASCII).lines().toList());
        }
      }
    }
  }

  private void stopOrKill() {
    if (!up) {
      return;
    }
    if (random.nextBoolean()) {
      trace.add("stop");
      leaveBehind();
      source.close();
    } else {
      trace.add("kill");
    }
    killed();
  }

  private void leaveBehind() {
    leftBehind = new HashMap<>(leftBehind);
    leftBehind.putAll(tree.contents());
  }

  private void killed() {
    up = false;
    Set<SimulatedTree.Inode> kept = new HashSet<>();
    writers.forEach(writer -> kept.add(writer.inode));
    leaveBehind();
    tree.killHandles(kept);
    if (random.nextInt(3) == 0) {
      trace.add("power cut");
      storage = storage.cut(random.nextLong());
    }
  }

  private void start() throws IOException {
    if (up) {
      return;
    }
    trace.add("start");
    FileSettings settings =
        new FileSettings(
            "test",
            List.of(new PathPattern("/logs/**/app.log*")),
            FileSettings.Start.BEGINNING,
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            1 << 16);
    source =
        new FileSource(
            settings, this::take, storage, new Telemetry(), this, new Random(seed), tree);
    up = true;
  }

  private void take(Slice bytes, String file, LineIds ids) throws LogUnavailableException {
    if (random.nextInt(20) == 0) {
      throw new LogUnavailableException("full", new IOException("no space"));
    }
    String text = bytes.utf8();
    int at = 0;
    for (String line : text.split("(?<=\n)", -1)) {
      if (!line.isEmpty()) {
        String whole = line.replace("\n", "");
        taken.put(ids.idOf(Slice.utf8(whole), at).utf8(), whole);
        takenTexts.add(whole);
        at += line.length();
      }
    }
    if (killIn >= 0 && killIn-- == 0) {
      throw new Killed();
    }
  }

  private void finish() throws Exception {
    for (Writer writer : writers) {
      whole(writer);
      tree.close(writer.path.getParent(), false);
    }
    trace.add("finish");
    for (int i = 0; i < 60; i++) {
      start();
      nanos += 1_000_000_000L;
      tree.nowMicros = wallMicros();
      try {
        while (round()) {
          // Goes on until nothing is left to read.
        }
      } catch (LogUnavailableException e) {
        // It is offered again.
      }
    }
    source.close();
  }

  private void judge() {
    Map<String, Integer> counts = new TreeMap<>();
    taken.values().forEach(line -> counts.merge(line, 1, Integer::sum));
    Set<String> lost = new HashSet<>(written);
    lost.removeAll(counts.keySet());
    assertThat(lost).as("lost, seed %d", seed).isEmpty();
    assertThat(counts).as("taken, seed %d", seed).hasSize(written.size());
    counts.values().removeIf(count -> count == 1);
    counts.keySet().removeAll(undecidable);
    assertThat(counts).as("taken twice, seed %d", seed).isEmpty();
  }

  private void note(String what, Writer writer) {
    trace.add(what + " " + RawPath.printable(writer.path) + " ino " + writer.inode.number);
  }

  @Override
  public long wallMicros() {
    return nanos / 1000;
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }
}
