package io.onex.cli.command;

import picocli.CommandLine.Command;

/// `onex config`.
@Command(name = "config", description = "Check a configuration file: onex config validate FILE.")
final class ConfigCommand extends LocalCommand {}
