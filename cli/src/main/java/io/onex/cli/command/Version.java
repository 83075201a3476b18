package io.onex.cli.command;

import picocli.CommandLine.IVersionProvider;

/// The version the jar was built as.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"onex " + (version == null ? "(not packaged)" : version)};
  }
}
