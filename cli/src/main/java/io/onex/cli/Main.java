package io.onex.cli;

import io.onex.cli.command.FailurePrinter;
import io.onex.cli.command.OnexCommand;
import io.onex.output.Outcome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// Starts the command line.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new OnexCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(failure -> Outcome.ERROR.exitCode())
        .setParameterExceptionHandler(FailurePrinter::wrongUsage)
        .setExecutionExceptionHandler(FailurePrinter::failed)
        .execute(arguments);
  }
}
