package io.onex.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.onex.output.Format;
import io.onex.output.Outcome;
import io.onex.output.Printable;
import io.onex.output.Result;
import io.onex.output.ResultPrinter;
import io.onex.output.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Prints what a command found on this machine, in the format that was asked for.
///
/// @param out where it goes
/// @param err where sentences about what is wrong go, beside rows
record Report(Format format, PrintWriter out, PrintWriter err) {
  /// The option it is asked for with, which takes a value.
  static final Set<String> OPTIONS = Set.of("--format", "-f");

  static final String USAGE =
      "-f, --format FORMAT      human, table, json, yaml or csv (human on a terminal, else json)";

  /// @throws UsageException when there is no such format
  static Report of(Arguments arguments, PrintWriter out, PrintWriter err) throws UsageException {
    Optional<String> name = arguments.value("--format").or(() -> arguments.value("-f"));
    Format format =
        name.isEmpty()
            ? Format.unasked()
            : Format.named(name.get())
                .orElseThrow(
                    () -> new UsageException(name.get() + " is no format; use " + Format.names()));
    return new Report(format, out, err);
  }

  boolean isForPeople() {
    return format == Format.HUMAN;
  }

  /// Prints a result for programs, or for people who asked for rows.
  ///
  /// @return its exit code
  int print(Result result) {
    new ResultPrinter(format, Style.ofEnvironment(), false, out, err).print(result);
    return result.outcome().exitCode();
  }

  /// Prints one line for people.
  void line(String text) {
    out.println(Printable.text(text));
  }

  /// Prints lines for people.
  ///
  /// @return the exit code of `outcome`
  int print(List<String> lines, Outcome outcome) {
    lines.forEach(this::line);
    return outcome.exitCode();
  }

  /// Prints what `task` finds. Whoever reads documents gets one when it fails, too; the sentence
  /// for people is the caller's to print.
  ///
  /// @return the exit code
  int run(Task task) throws UsageException, InterruptedException, IOException {
    try {
      return task.run(this);
    } catch (UsageException e) {
      if (format.isDocument()) {
        print(
            new Result(
                Outcome.ERROR,
                List.of(),
                List.of(String.valueOf(e.getMessage())),
                JsonNodeFactory.instance.objectNode(),
                List.of()));
      }
      throw e;
    } finally {
      out.flush();
    }
  }

  /// Finds something and prints it.
  interface Task {
    /// @return the exit code
    int run(Report report) throws UsageException, InterruptedException, IOException;
  }
}
