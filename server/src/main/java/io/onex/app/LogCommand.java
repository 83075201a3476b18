package io.onex.app;

import io.onex.config.IoReason;
import io.onex.http.UtcTime;
import io.onex.log.LogConfig;
import io.onex.log.LogInspection;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentSummary;
import io.onex.storage.DirectoryInUseException;
import io.onex.storage.FileStorage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// `onex log verify` and `onex log inspect`: looks into the log of a stopped gateway, changes
/// nothing.
final class LogCommand {
  private static final String USAGE =
      """
      onex log verify [--data DIR]
      onex log inspect [--data DIR] [--from POSITION] [--limit N]

        -d, --data DIR       the data folder of a gateway that does not run (./onex-data)
            --from POSITION  inspect: the first record to print (0)
            --limit N        inspect: most records to print (20)

      Exit code: 0 when every block is whole, 2 when one is not, 1 when it failed.\
      """;
  private static final int DAMAGED = 2;

  private LogCommand() {}

  /// @return 0 when every block is whole, 2 when one is not
  static int run(List<String> words, PrintStream out) throws UsageException {
    if (Arguments.wantsHelp(words)) {
      out.println(USAGE);
      return 0;
    }
    Arguments arguments =
        new Arguments(words, Set.of("--data", "-d", "--from", "--limit"), Set.of());
    arguments.requireCommand("onex log", Set.of("verify", "inspect"));
    if (arguments.rest().size() != 1) {
      throw new UsageException(
          "onex log takes options only, not " + arguments.rest().get(1) + "; use --data DIR");
    }
    long from = number(arguments, "--from", 0);
    long limit = number(arguments, "--limit", 20);
    Path data =
        arguments.value("--data").or(() -> arguments.value("-d")).map(Path::of).orElse(folder());
    if (!Files.isDirectory(data)) {
      throw new UsageException("there is no data folder " + data + "; use --data DIR");
    }
    // Asked before the folder is taken, which would leave a lock file in any folder.
    if (!Files.isDirectory(data.resolve(LogConfig.DEFAULT.directory()))) {
      throw new UsageException("there is no log in " + data + "; use --data DIR");
    }
    try (FileStorage storage = FileStorage.open(data);
        LogInspection log = LogInspection.open(storage, LogConfig.DEFAULT)) {
      return arguments.rest().getFirst().equals("verify")
          ? verify(log, out)
          : inspect(log, from, limit, out);
    } catch (DirectoryInUseException e) {
      throw new UsageException(
          "the data folder "
              + data
              + " is in use; stop that gateway first, or ask it: onex status");
    } catch (IOException e) {
      throw new UsageException(
          "the data folder "
              + data
              + " cannot be looked into: "
              + IoReason.of(e)
              + "; a copy in a folder that can be written can");
    }
  }

  private static int verify(LogInspection log, PrintStream out) throws IOException {
    LogInspection.Report report = log.verify();
    out.printf(
        "positions %d to %d, %s in %s of %s%n",
        report.start().offset(),
        report.end().offset(),
        count(report.records(), "record"),
        count(report.blocks(), "block"),
        count(report.segments(), "segment"));
    out.printf(
        "%,d bytes stored, %,d before compression%n", report.storedBytes(), report.rawBytes());
    for (SegmentProblem problem : report.problems()) {
      out.println(problem.message());
    }
    if (report.problems().isEmpty()) {
      out.println("every block is whole");
      return 0;
    }
    out.printf("%s lost%n", count(report.positionsLost(), "position"));
    return DAMAGED;
  }

  private static int inspect(LogInspection log, long from, long limit, PrintStream out)
      throws IOException {
    for (SegmentSummary segment : log.segments()) {
      out.printf(
          "%s  positions %d to %d, %,d bytes%n",
          segment.file(), segment.firstPosition(), segment.endPosition(), segment.bytes());
    }
    AtomicLong left = new AtomicLong(limit);
    if (limit > 0) {
      log.records(
          new Position(0, from),
          record -> {
            out.println(line(record));
            return left.decrementAndGet() > 0;
          });
    }
    return log.problems().isEmpty() ? 0 : DAMAGED;
  }

  private static String count(long many, String what) {
    return "%,d %s%s".formatted(many, what, many == 1 ? "" : "s");
  }

  private static String line(Record record) {
    return "%d  %s  %s  %s  %s  %,d bytes"
        .formatted(
            record.position().offset(),
            UtcTime.text(record.ingestTimeMicros()),
            record.kind(),
            record.type(),
            record.eventId().utf8(),
            record.body().length());
  }

  private static long number(Arguments arguments, String option, long otherwise)
      throws UsageException {
    String text = arguments.value(option).orElse(Long.toString(otherwise));
    if (!text.matches("\\d{1,18}")) {
      throw new UsageException(option + " needs a number, not " + text);
    }
    return Long.parseLong(text);
  }

  private static Path folder() {
    return Path.of("onex-data");
  }
}
