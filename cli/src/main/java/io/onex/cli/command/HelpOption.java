package io.onex.cli.command;

import picocli.CommandLine.Option;

/// `--help`, which every command has.
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean requested;

  boolean requested() {
    return requested;
  }
}
