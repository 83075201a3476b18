package io.onex.cli;

import io.onex.cli.command.OnexCommand;
import io.onex.cli.http.GatewayException;
import io.onex.cli.output.Outcome;
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
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed)
        .execute(arguments);
  }

  private static int wrongUsage(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("onex: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("onex: see `" + command.getCommandSpec().qualifiedName() + " --help`");
    }
    err.flush();
    return Outcome.ERROR.exitCode();
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean expected =
        failure instanceof GatewayException || failure instanceof java.io.IOException;
    err.println("onex: " + (expected ? failure.getMessage() : failure));
    if (parsed.expandedArgs().contains("--debug")) {
      failure.printStackTrace(err);
    }
    err.flush();
    return Outcome.ERROR.exitCode();
  }
}
