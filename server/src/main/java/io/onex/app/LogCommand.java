package io.onex.app;

import io.onex.config.IoReason;
import io.onex.log.LogConfig;
import io.onex.log.LogInspection;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.storage.DirectoryInUseException;
import io.onex.storage.FileStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// `onex log verify` and `onex log inspect`: looks into the log of a stopped gateway, changes
/// nothing.
final class LogCommand {
  private static final String USAGE =
      """
      onex log verify [--data DIR] [--format FORMAT]
      onex log inspect [--data DIR] [--from POSITION] [--limit N] [--format FORMAT]

        -d, --data DIR           the data folder of a gateway that does not run (./onex-data)
            --from POSITION      inspect: the first record to print (0)
            --limit N            inspect: most records to print (20)
        %s

      Exit code: 0 when every block is whole, 2 when one is not, 1 when it failed.\
      """
          .formatted(Report.USAGE);

  /// Most records of a document, which is made in memory.
  private static final int MOST_RECORDS = 100_000;

  private LogCommand() {}

  /// @return 0 when every block is whole, 2 when one is not
  static int run(List<String> words, PrintWriter out, PrintWriter err)
      throws UsageException, InterruptedException, IOException {
    if (Arguments.wantsHelp(words)) {
      out.println(USAGE);
      return 0;
    }
    Set<String> valued = new TreeSet<>(Set.of("--data", "-d", "--from", "--limit"));
    valued.addAll(Report.OPTIONS);
    Arguments arguments = new Arguments(words, valued, Set.of());
    arguments.requireCommand("onex log", Set.of("verify", "inspect"));
    if (arguments.rest().size() != 1) {
      throw new UsageException(
          "onex log takes options only, not " + arguments.rest().get(1) + "; use --data DIR");
    }
    return Report.of(arguments, out, err).run(report -> look(arguments, report));
  }

  private static int look(Arguments arguments, Report report) throws UsageException {
    long from = number(arguments, "--from", 0);
    long limit = number(arguments, "--limit", 20);
    if (!report.isForPeople() && limit > MOST_RECORDS) {
      throw new UsageException(
          "--limit is at most " + MOST_RECORDS + " in this format; use --from to go on");
    }
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
          ? verify(log, report)
          : inspect(log, from, limit, report);
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

  private static int verify(LogInspection log, Report report) throws IOException {
    LogFindings.Verified found = new LogFindings.Verified(log.verify());
    return report.isForPeople()
        ? report.print(found.lines(), found.outcome())
        : report.print(found.result());
  }

  /// People get records as they are read; a document is made of all of them.
  private static int inspect(LogInspection log, long from, long limit, Report report)
      throws IOException {
    if (report.isForPeople()) {
      log.segments().forEach(segment -> report.line(LogFindings.line(segment)));
      each(log, from, limit, record -> report.line(LogFindings.line(record)));
      return LogFindings.outcome(log.problems()).exitCode();
    }
    LogFindings.Inspected found = new LogFindings.Inspected(log.segments());
    each(log, from, limit, found::add);
    return report.print(found.result(log.problems()));
  }

  private static void each(LogInspection log, long from, long limit, Consumer<Record> shown)
      throws IOException {
    AtomicLong left = new AtomicLong(limit);
    if (limit > 0) {
      log.records(
          new Position(0, from),
          record -> {
            shown.accept(record);
            return left.decrementAndGet() > 0;
          });
    }
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
