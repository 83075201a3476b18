package io.onex.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Standard output and error of a process that serves: neither holds anybody up, nor makes a
/// terminal do what strangers wrote.
///
/// @param dropped lines that could not be written
record ProcessOutput(LineOutput out, LineOutput err, AtomicLong dropped) {
  private static final Duration LONGEST_DRAIN = Duration.ofMillis(500);

  /// Puts it in the place of what the process has.
  static ProcessOutput install() {
    AtomicLong dropped = new AtomicLong();
    Charset charset = System.out.charset();
    LineOutput out = output(FileDescriptor.out, charset, dropped);
    System.setOut(new PrintStream(out, true, charset));
    Charset charsetOfErrors = System.err.charset();
    LineOutput err = output(FileDescriptor.err, charsetOfErrors, dropped);
    System.setErr(new PrintStream(err, true, charsetOfErrors));
    return new ProcessOutput(out, err, dropped);
  }

  private static LineOutput output(FileDescriptor to, Charset charset, AtomicLong dropped) {
    return new LineOutput(
        new PrintableLines(new FileOutputStream(to), charset), dropped::incrementAndGet);
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
