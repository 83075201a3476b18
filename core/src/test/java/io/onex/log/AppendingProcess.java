package io.onex.log;

import io.onex.storage.FileStorage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process of its own that appends until it is killed: `AppendingProcess DIRECTORY PREFIX`. It
/// prints `ID POSITION` once a record is acknowledged.
final class AppendingProcess {
  private AppendingProcess() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    LogConfig config = LogFixture.SMALL.withSegmentBytes(256 << 10);
    FileStorage storage = FileStorage.open(Path.of(args[0]));
    SegmentedLog log = SegmentedLog.open(SegmentedLog.Setup.of(storage, config, new SetClock()));
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      String writer = args[1] + "." + w;
      writers.add(Thread.ofPlatform().start(() -> append(log, writer, out)));
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private static void append(SegmentedLog log, String writer, PrintStream out) {
    try {
      for (int i = 0; ; i++) {
        String id = writer + "." + i;
        AppendResult result = LogFixture.append(log, id, body(id));
        out.println(id + " " + result.start().offset());
      }
    } catch (LogUnavailableException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String body(String id) {
    return ("body of " + id + " ").repeat(1 + id.hashCode() % 7 + 7);
  }
}
