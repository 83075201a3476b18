package io.onex.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.onex.cli.http.GatewayException;
import io.onex.output.Outcome;
import io.onex.output.Printable;
import io.onex.output.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.util.List;
import picocli.CommandLine;

/// Says on standard error why a command did not run or did not get on, in one sentence; programs
/// that read JSON or YAML get it as a result, too.
public final class FailurePrinter {
  private FailurePrinter() {}

  /// The command line makes no sense.
  ///
  /// @return the exit code
  public static int wrongUsage(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("onex: " + Printable.text(sentence(failure)));
    err.flush();
    return Outcome.ERROR.exitCode();
  }

  private static String sentence(CommandLine.ParameterException failure) {
    String help =
        "; see `" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help`";
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      boolean command =
          !unmatched.isUnknownOption() && !failure.getCommandLine().getSubcommands().isEmpty();
      String what =
          unmatched.isUnknownOption()
              ? "there is no option " + word
              : command ? "there is no command " + word : "one word too many: " + word;
      return what
          + unmatched.getSuggestions().stream()
              .findFirst()
              .map(meant -> "; did you mean " + meant + "?")
              .orElse(help);
    }
    return failure.getMessage() + help;
  }

  /// The command failed.
  ///
  /// @return the exit code
  public static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    String sentence = sentence(failure);
    err.println("onex: " + Printable.text(sentence));
    if (parsed.expandedArgs().contains("--debug")) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      err.print(Printable.block(trace.toString()));
    }
    err.flush();
    for (Object mixin : command.getMixins().values()) {
      if (mixin instanceof GatewayOptions options && options.printsDocuments()) {
        options.print(
            new Result(
                Outcome.ERROR,
                List.of(),
                List.of(sentence),
                JsonNodeFactory.instance.objectNode(),
                List.of()));
      }
    }
    return Outcome.ERROR.exitCode();
  }

  private static String sentence(Exception failure) {
    return switch (failure) {
      case AccessDeniedException e -> "permission denied: " + e.getMessage();
      case GatewayException e -> String.valueOf(e.getMessage());
      case IOException e when e.getMessage() != null -> e.getMessage();
      default -> failure.toString();
    };
  }
}
