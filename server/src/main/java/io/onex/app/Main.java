package io.onex.app;

import io.onex.output.Printable;
import io.onex.telemetry.LogLine;
import io.onex.thread.OutOfMemory;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;

/// The daemon's command line: `serve`, `config validate`, `log verify`, `log inspect`.
public final class Main {
  private static final int ERROR = 1;

  /// Twice what a stop takes when systems do not answer.
  private static final Duration LONGEST_STOP = Duration.ofSeconds(9);

  private Main() {}

  public static void main(String[] words) throws InterruptedException, IOException {
    List<String> all = Arrays.asList(words);
    String command = all.isEmpty() ? "" : all.getFirst();
    List<String> rest = all.isEmpty() ? all : all.subList(1, all.size());
    try {
      int exit =
          switch (command) {
            case "serve" -> serve(rest);
            case "config" -> ConfigCommand.run(rest, writer(System.out), writer(System.err));
            case "log" -> LogCommand.run(rest, writer(System.out), writer(System.err));
            default -> throw new UsageException("onex serve, onex config or onex log");
          };
      System.exit(exit);
    } catch (UsageException e) {
      System.err.println("onex: " + Printable.text(String.valueOf(e.getMessage())));
      System.exit(ERROR);
    } catch (InvalidPathException e) {
      System.err.println(
          "onex: a path cannot be written in the encoding of this locale, "
              + System.getProperty("sun.jnu.encoding")
              + "; set LC_ALL to a locale of UTF-8, such as C.UTF-8");
      System.exit(ERROR);
    } catch (RuntimeException | IOException e) {
      // Threads that were started already would keep the process, and its data folder, for ever.
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      System.err.print(Printable.block(trace.toString()));
      System.exit(ERROR);
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int serve(List<String> words)
      throws UsageException, InterruptedException, IOException {
    if (Arguments.wantsHelp(words)) {
      System.out.println(ServeOptions.USAGE);
      return 0;
    }
    ServeOptions options = ServeOptions.parse(words);
    OutOfMemory.watchThreads();
    ProcessOutput output = ProcessOutput.install();
    try {
      if (options.train()) {
        train();
        return 0;
      }
      return serve(options, output);
    } finally {
      output.drain();
    }
  }

  private static int serve(ServeOptions options, ProcessOutput output)
      throws UsageException, InterruptedException {
    // Before anything else: until it is caught, SIGHUP ends a process.
    Queue<Serving> running = new ConcurrentLinkedQueue<>();
    Signals.onHangUp(() -> running.forEach(Serving::reload));
    Serving serving = new Serving(options);
    running.add(serving);
    serving.gateway().measureDroppedLines(output.dropped()::get);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("onex-stop")
                .unstarted(() -> {
                  stop(serving);
                  output.drain();
                  stopped.countDown();
                }));
    serving.print(System.out);
    stopped.await();
    return 0;
  }

  /// Stops in order, but not for ever: what was acknowledged is durable, and a disk that hangs
  /// would hold the process until somebody kills it.
  private static void stop(Serving serving) {
    Thread closing = Thread.ofPlatform().daemon().name("onex-close").start(serving::close);
    try {
      if (!closing.join(LONGEST_STOP)) {
        LogManager.getLogger(Main.class)
            .error(
                LogLine.of(
                    "Not everything stopped in time and the process ends; what was acknowledged is"
                        + " durable"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts a gateway in a folder that is thrown away and lets it answer, so that a start-up cache
  /// made of this run holds what a start needs.
  private static void train() throws UsageException, InterruptedException, IOException {
    Path folder = Files.createTempDirectory("onex-train");
    ServeOptions options =
        new ServeOptions(
            Optional.empty(), Optional.of(folder), Optional.of("127.0.0.1:0"), false, true, true);
    try (Serving serving = new Serving(options)) {
      Training.run(serving.address());
    } finally {
      Training.remove(folder);
    }
  }
}
