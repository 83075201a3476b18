package io.onex.ingest;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/// A few platform threads for unpacking and decoding what would hold a carrier of virtual threads
/// for longer than a millisecond. Owned by the [Intake].
final class DecodeCrew implements AutoCloseable {
  private final ExecutorService threads;

  /// @param size number of threads: the machine's cores
  DecodeCrew(int size) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name("onex-decode-", 0).factory();
    threads = Executors.newFixedThreadPool(size, factory);
  }

  /// Runs `work` on one of the threads and returns when it is done.
  ///
  /// @throws InterruptedException when the caller is interrupted; the work still runs to its end
  void run(Runnable work) throws InterruptedException {
    Future<?> done = threads.submit(work);
    boolean interrupted = false;
    while (true) {
      try {
        done.get();
        break;
      } catch (InterruptedException e) {
        // The work uses buffers that the caller gives back: wait for its end, then stop.
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("decoding failed", e.getCause());
      }
    }
    if (interrupted) {
      throw new InterruptedException("the gateway stops");
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
