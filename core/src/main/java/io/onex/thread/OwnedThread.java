package io.onex.thread;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// A thread that one object owns: it is started once, shows by its [Pulse] that it lives, and ends
/// when it is asked to. One that ends otherwise is a failure, which is logged and stays in the
/// pulse for the watch to tell.
///
/// Any thread may start, stop and wait for it; [#pause] is for the work itself.
public final class OwnedThread {
  private static final Logger LOG = LogManager.getLogger(OwnedThread.class);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final Pulse pulse;
  private final Thread thread;

  /// What the thread does, until it is asked to stop.
  @FunctionalInterface
  public interface Work {
    /// @throws InterruptedException when interrupted; an end like any other once a stop was asked
    void run(OwnedThread thread) throws InterruptedException;
  }

  private OwnedThread(Thread.Builder builder, String name, String part, Work work) {
    this.pulse = new Pulse(part);
    this.thread = builder.name(name).unstarted(() -> run(work));
  }

  /// A platform thread that keeps the process alive.
  ///
  /// @param name of the thread, for those who look at a dump
  /// @param part how people know it: the name of its pulse
  public static OwnedThread platform(String name, String part, Work work) {
    return new OwnedThread(Thread.ofPlatform(), name, part, work);
  }

  /// A platform thread that ends with the process.
  public static OwnedThread daemon(String name, String part, Work work) {
    return new OwnedThread(Thread.ofPlatform().daemon(), name, part, work);
  }

  /// A virtual thread.
  public static OwnedThread virtual(String name, String part, Work work) {
    return new OwnedThread(Thread.ofVirtual(), name, part, work);
  }

  /// Starts it; once.
  public OwnedThread start() {
    thread.start();
    return this;
  }

  public Pulse pulse() {
    return pulse;
  }

  /// Whether nobody has asked it to stop.
  public boolean goesOn() {
    return stop.getCount() > 0;
  }

  /// Rests for so long, or until it is asked to stop.
  ///
  /// @return whether it goes on
  public boolean pause(Duration duration) throws InterruptedException {
    pulse.rest();
    boolean stopped = stop.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    pulse.beat();
    return !stopped;
  }

  /// Asks it to stop, and returns at once. It is never interrupted by this, as an interrupt closes
  /// the channels that a thread uses.
  public void askToStop() {
    stop.countDown();
  }

  /// Asks it to stop and interrupts it, for threads that use no files themselves.
  public void interrupt() {
    stop.countDown();
    thread.interrupt();
  }

  /// Waits until it has ended.
  ///
  /// @return whether it has; false when `timeout` passed first
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return thread.join(timeout);
  }

  /// Asks it to stop and waits until it has ended, but no longer than `timeout`. An interrupt of
  /// the caller ends the waiting and is kept.
  ///
  /// @return whether it has ended, or nobody waits any more; false when `timeout` passed first
  public boolean stop(Duration timeout) {
    askToStop();
    try {
      return awaitEnd(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Waits until it has ended, for however long; an interrupt of the caller is kept for later.
  public void awaitEnd() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Work work) {
    pulse.beat();
    try {
      work.run(this);
      if (goesOn()) {
        failed("although nobody asked it to stop", new IllegalStateException("returned"));
      }
    } catch (InterruptedException e) {
      if (goesOn()) {
        failed(with(e), e);
      }
    } catch (RuntimeException e) {
      failed(with(e), e);
    } catch (Error e) {
      failed(with(e), e);
      if (e instanceof OutOfMemoryError) {
        // What follows from that is not decided here.
        throw e;
      }
    } finally {
      pulse.end();
    }
  }

  private static String with(Throwable cause) {
    return "with " + cause.getClass().getSimpleName();
  }

  private void failed(String how, Throwable cause) {
    pulse.fail("its thread ended " + how);
    LOG.error(
        LogLine.of("A thread of the gateway ended that never should; start the gateway again")
            .with(LogKeys.PART, pulse.name()),
        cause);
  }
}
