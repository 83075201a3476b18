package io.onex.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The root: lists the commands.
@Command(
    name = "onex",
    description = "Takes everything ONEX nodes say to every system that must know.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      EmitCommand.class,
      StatusCommand.class,
      WhyCommand.class,
      TapCommand.class,
      DeadLettersCommand.class,
      ReplayCommand.class,
      ConfigCommand.class,
      LogCommand.class,
      BenchCommand.class,
    })
public final class OnexCommand implements Callable<Integer> {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private boolean version;

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private HelpOption help = new HelpOption();

  @Option(
      names = "--train",
      hidden = true,
      description = "Load what commands load, for the start-up cache.")
  private boolean train;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (train) {
      new StartUpTraining(spec.commandLine()).run();
      return 0;
    }
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
