package io.onex.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A command that the launcher hands to another program of the distribution.
///
/// It is here so that `onex --help` lists it; run without the launcher it says what to run.
abstract class LocalCommand implements Callable<Integer> {
  @Parameters(hidden = true)
  @SuppressWarnings("UnusedVariable") // takes the words that are for the other program
  private java.util.List<String> arguments = java.util.List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println(
            "onex: `"
                + spec.name()
                + "` runs on this machine, through the `onex` launcher of the distribution");
    return io.onex.output.Outcome.ERROR.exitCode();
  }
}
