package io.onex.app;

/// The command line, or what it asks for, cannot be carried out. The message is for the person who
/// typed it: what is wrong and what to do.
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
