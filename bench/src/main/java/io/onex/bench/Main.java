package io.onex.bench;

import io.onex.bench.machine.DiskProbe;
import io.onex.bench.oracle.Findings;
import io.onex.bench.run.CrashRun;
import io.onex.bench.run.FullRun;
import io.onex.bench.run.NeighbourRun;
import io.onex.bench.run.StopRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `onex bench`: whole processes, a separate generator and counting back ends; zero loss required.
@Command(
    name = "onex bench",
    description = "Measure gateways of this machine, each in a process of its own.",
    mixinStandardHelpOptions = true)
public final class Main {
  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private Main() {}

  /// Called with the words after `onex`, the first of which is `bench`.
  public static void main(String[] arguments) {
    String[] words =
        arguments.length > 0 && arguments[0].equals("bench")
            ? java.util.Arrays.copyOfRange(arguments, 1, arguments.length)
            : arguments;
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(err, words.length == 0 ? new String[] {"all"} : words));
  }

  /// @return the exit code; 1 when the words make no sense
  static int run(PrintWriter err, String... words) {
    return new CommandLine(new Main())
        .setErr(err)
        .setParameterExceptionHandler(Main::wrongUsage)
        .execute(words);
  }

  private static int wrongUsage(CommandLine.ParameterException failure, String[] words) {
    CommandLine command = failure.getCommandLine();
    String what = failure.getMessage();
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String kind = unmatched.isUnknownOption() ? "option " : "command ";
      what = "there is no " + kind + unmatched.getUnmatched().getFirst();
    }
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("onex: " + what + "; see `" + name + " --help`");
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Command(
      name = "all",
      description = "All throughput, latency and start measurements, as a table.")
  int all(
      @Option(names = "--rounds", defaultValue = "3", description = "Runs of each measurement.")
          int rounds,
      @Option(names = "--warm-up", defaultValue = "15", description = "Seconds before each run.")
          int warmUp,
      @Option(names = "--seconds", defaultValue = "10", description = "Length of each run.")
          int seconds,
      @Option(
              names = "--backlog-gib",
              defaultValue = "10",
              description = "Backlog of the start measurement.")
          int backlogGib)
      throws IOException, InterruptedException {
    new FullRun(
            rounds,
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(seconds),
            (long) backlogGib << 30,
            out)
        .run();
    return 0;
  }

  @Command(
      name = "crash",
      description = "Kill a gateway under load again and again and judge what it lost.")
  int crash(
      @Option(names = "--cycles", defaultValue = "20", description = "Kills.") int cycles,
      @Option(names = "--seed", description = "Of the times and the events; default random.")
          Long seed)
      throws IOException, InterruptedException {
    long chosen = chosen(seed);
    return verdict("crash", chosen, new CrashRun(cycles, chosen, out).run());
  }

  @Command(
      name = "stop",
      description =
          "Stop a gateway under full load with dead destinations again and again; judge how long it"
              + " took and what it lost.")
  int stop(
      @Option(names = "--cycles", defaultValue = "5", description = "Stops.") int cycles,
      @Option(names = "--seed", description = "Of the times and the events; default random.")
          Long seed)
      throws IOException, InterruptedException {
    long chosen = chosen(seed);
    return verdict("stop", chosen, new StopRun(cycles, chosen, out).run());
  }

  private static long chosen(@Nullable Long seed) {
    return seed != null ? seed : RandomGenerator.getDefault().nextLong(1_000_000_000);
  }

  private int verdict(String run, long seed, Findings findings) {
    findings.sentences().forEach(finding -> out.println(run + ": WRONG: " + finding));
    out.println(run + (findings.isEmpty() ? ": every promise was kept" : ": failed, seed " + seed));
    return findings.isEmpty() ? 0 : 1;
  }

  @Command(
      name = "neighbour",
      description = "Throughput beside a dead destination over throughput without it.")
  int neighbour(
      @Option(names = "--pairs", defaultValue = "10", description = "Interleaved pairs.") int pairs,
      @Option(names = "--seconds", defaultValue = "3", description = "Length of each run.")
          int seconds)
      throws IOException, InterruptedException {
    double ratio = NeighbourRun.medianRatio(pairs, Duration.ofSeconds(seconds), out);
    out.printf(Locale.ROOT, "neighbour: median ratio %.3f of %d pairs%n", ratio, pairs);
    return ratio >= 0.95 ? 0 : 1;
  }

  @Command(name = "disk", description = "What the disk under the current folder can do.")
  int disk() throws IOException {
    out.println(DiskProbe.measure(Path.of("").toAbsolutePath()));
    return 0;
  }
}
