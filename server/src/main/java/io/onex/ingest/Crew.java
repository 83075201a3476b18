package io.onex.ingest;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/// A few platform threads for what would hold a carrier of virtual threads for longer than a
/// millisecond: unpacking and decoding of large bodies, reads from disk. Whoever makes it closes
/// it.
public final class Crew implements AutoCloseable {
  private final ExecutorService threads;

  /// @param name of the threads, before their number
  /// @param size number of threads
  public Crew(String name, int size) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    threads = Executors.newFixedThreadPool(size, factory);
  }

  /// Runs `work` on one of the threads and returns what it gives.
  ///
  /// @throws InterruptedException when the caller is interrupted; only after the work has ended, as
  ///   it may use buffers that the caller gives back then
  /// @throws Exception what the work throws
  public <T> T call(Callable<T> work) throws Exception {
    Future<T> result = threads.submit(work);
    boolean interrupted = false;
    while (true) {
      try {
        T value = result.get();
        if (interrupted) {
          throw new InterruptedException("the gateway stops");
        }
        return value;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } catch (InterruptedException e) {
        if (interrupted) {
          throw e;
        }
        interrupted = true;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
