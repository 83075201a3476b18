package io.onex.cli.command;

import picocli.CommandLine.Command;

/// `onex serve`.
@Command(name = "serve", description = "Run a gateway on this machine.")
final class ServeCommand extends LocalCommand {}
