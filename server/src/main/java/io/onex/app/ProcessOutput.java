package io.onex.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Standard output and error of a process that serves: neither holds anybody up.
///
/// @param dropped lines that could not be written
record ProcessOutput(LineOutput out, LineOutput err, AtomicLong dropped) {
  private static final Duration LONGEST_DRAIN = Duration.ofMillis(500);

  /// Puts it in the place of what the process has.
  static ProcessOutput install() {
    AtomicLong dropped = new AtomicLong();
    LineOutput out =
        new LineOutput(new FileOutputStream(FileDescriptor.out), dropped::incrementAndGet);
    LineOutput err =
        new LineOutput(new FileOutputStream(FileDescriptor.err), dropped::incrementAndGet);
    System.setOut(new PrintStream(out, true, System.out.charset()));
    System.setErr(new PrintStream(err, true, System.err.charset()));
    return new ProcessOutput(out, err, dropped);
  }

  /// Lets what was written reach who reads it, for a moment.
  void drain() {
    try {
      out.drain(LONGEST_DRAIN);
      err.drain(LONGEST_DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
