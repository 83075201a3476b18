package io.onex.app;

import java.util.Objects;

/// The version of the program, from its jar.
final class Version {
  private Version() {}

  static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "0.1.0");
  }
}
