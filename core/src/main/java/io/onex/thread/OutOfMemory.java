package io.onex.thread;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The end of a process that ran out of memory.
///
/// Whoever was unlucky enough to ask for the memory that was not there may have left anything
/// behind: half a state, a lock, a thread that is missing. Nothing can be relied on after that, and
/// all that was acknowledged is in the log. So the process ends, at once and saying why, and begins
/// anew.
///
/// Where `serve` is started by the launcher, the Java machine ends it before anybody can catch the
/// error. This class is for errors that the machine does not see (native memory, threads), and for
/// processes started otherwise.
public final class OutOfMemory {
  /// Exit status of a process that ran out of memory; the machine's own `ExitOnOutOfMemoryError`
  /// has the same.
  public static final int EXIT = 3;

  /// The launcher has the same sentence.
  private static final byte[] LINE =
      "onex: out of memory, so the process ends, what was acknowledged is in the log and goes on after a restart. Give it more with ONEX_SERVE_OPTIONS=-Xmx512m, or lower operations.max_open and metrics.series_budget\n"
          .getBytes(StandardCharsets.UTF_8);

  private static final int MOST_CAUSES = 16;

  private OutOfMemory() {}

  /// Makes an error that no thread catches end the process.
  public static void watchThreads() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      endIfSo(failure);
      if (before != null) {
        before.uncaughtException(thread, failure);
      } else {
        System.err.print("Exception in thread \"" + thread.getName() + "\" ");
        failure.printStackTrace();
      }
    });
  }

  /// For whoever catches more than exceptions: ends the process when `failure` is or was caused by
  /// a lack of memory, and does not return then.
  public static void endIfSo(Throwable failure) {
    if (isCause(failure)) {
      try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
        err.write(LINE);
      } catch (IOException e) {
        // Nobody can be told.
      }
      Runtime.getRuntime().halt(EXIT);
    }
  }

  static boolean isCause(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
