package io.onex.cli.command;

import picocli.CommandLine.Command;

/// `onex log`.
@Command(
    name = "log",
    description = "Check or print the log on disk: onex log verify|inspect --data DIR.")
final class LogCommand extends LocalCommand {}
