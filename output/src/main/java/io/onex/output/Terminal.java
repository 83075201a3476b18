package io.onex.output;

/// The terminal a command runs on.
public final class Terminal {
  private Terminal() {}

  /// Whether people read the output, rather than a file or a program.
  @SuppressWarnings("SystemConsoleNull") // it is null when standard input is redirected
  public static boolean isThere() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }
}
