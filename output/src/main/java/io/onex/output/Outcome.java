package io.onex.output;

/// How a command ended; its exit code is the one ONEX tools use (onex-facts d).
public enum Outcome {
  SUCCESS(0),
  ERROR(1),
  WARNING(2),
  PARTIAL(3),
  SKIPPED(4),
  FIXED(5),
  INFO(6);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
