package io.onex.thread;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A few platform threads for what would hold a carrier of virtual threads for longer than a
/// millisecond: decoding and encoding of much, native compression, reads from disk. Whoever makes
/// it closes it.
public final class Crew implements AutoCloseable {
  private final Workers threads;
  private final int size;

  /// @param name of the threads, before their number
  /// @param size number of threads
  public Crew(String name, int size) {
    this.size = size;
    threads = new Workers(name, size);
  }

  /// One per thread that was started so far. A thread with nothing to do rests.
  public List<Pulse> pulses() {
    return List.copyOf(threads.pulses.values());
  }

  /// Number of threads.
  public int size() {
    return size;
  }

  /// Runs `work` on one of the threads and returns what it gives.
  ///
  /// @throws InterruptedException when the caller is interrupted; only after the work has ended, as
  ///   it may use buffers that the caller gives back then. Also when the crew was closed
  /// @throws Exception what the work throws; the caller stays interrupted if it was
  public <T> T call(Callable<T> work) throws Exception {
    Future<T> result = submit(work);
    boolean interrupted = false;
    while (true) {
      try {
        T value = result.get();
        if (interrupted) {
          throw new InterruptedException("the gateway stops");
        }
        return value;
      } catch (ExecutionException e) {
        OutOfMemory.endIfSo(e);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        throw e.getCause() instanceof Exception cause ? cause : e;
      } catch (InterruptedException e) {
        if (interrupted) {
          throw e;
        }
        interrupted = true;
      }
    }
  }

  /// Runs what throws nothing that is checked, as [#call].
  public <T> T compute(Supplier<T> work) throws InterruptedException {
    try {
      return call(work::get);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("computing failed with " + e, e);
    }
  }

  private <T> Future<T> submit(Callable<T> work) throws InterruptedException {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new InterruptedException("the gateway stops");
    }
  }

  /// Takes no more work; what was asked for before is still done.
  @Override
  public void close() {
    threads.shutdown();
  }

  private static final class Workers extends ThreadPoolExecutor {
    private final Map<Thread, Pulse> pulses = new ConcurrentHashMap<>();
    private final String name;

    Workers(String name, int size) {
      super(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      this.name = name;
      setThreadFactory(Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      pulses.computeIfAbsent(thread, any -> new Pulse("crew " + name)).beat();
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
      Objects.requireNonNull(pulses.get(Thread.currentThread())).rest();
    }
  }
}
