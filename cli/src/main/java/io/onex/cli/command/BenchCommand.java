package io.onex.cli.command;

import picocli.CommandLine.Command;

/// `onex bench`.
@Command(
    name = "bench",
    description = "Measure, or kill a gateway again and again: onex bench [crash|stop].")
final class BenchCommand extends LocalCommand {}
