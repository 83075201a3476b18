package io.onex.app;

import io.onex.telemetry.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Output of the process that never holds up who writes to it: whole lines wait, up to a bound, for
/// the one thread that writes them, and those beyond are dropped, counted and told once it goes on.
///
/// For a pipe whose reader hangs, a reader that is gone and a file on a full disk. Any thread.
final class LineOutput extends OutputStream {
  private static final int MOST_WAITING_BYTES = 1 << 20;

  private static final Logger LOG = LogManager.getLogger(LineOutput.class);

  private final OutputStream target;
  private final Runnable onDrop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long waitingBytes;
  private boolean writing;
  private long untold;

  /// Begins to write; its thread ends with the process.
  ///
  /// @param target must not buffer
  /// @param onDrop called once per line that is dropped; quick
  LineOutput(OutputStream target, Runnable onDrop) {
    this.target = target;
    this.onDrop = onDrop;
    Thread.ofPlatform().daemon().name("onex-output").start(this::run);
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      line.write(bytes, offset, length);
      boolean whole = length > 0 && bytes[offset + length - 1] == '\n';
      if (whole || line.size() > MOST_WAITING_BYTES / 2) {
        add(line.toByteArray());
        line.reset();
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(byte[] lines) {
    if (waitingBytes + lines.length > MOST_WAITING_BYTES) {
      dropped(lines);
      return;
    }
    waiting.add(lines);
    waitingBytes += lines.length;
    filled.signal();
  }

  private void dropped(byte[] lines) {
    for (byte each : lines) {
      if (each == '\n') {
        untold++;
        onDrop.run();
      }
    }
  }

  private void run() {
    while (true) {
      byte[] next = next();
      boolean done = wrote(next);
      tell(done);
    }
  }

  private byte[] next() {
    lock.lock();
    try {
      writing = false;
      written.signalAll();
      while (waiting.isEmpty()) {
        filled.awaitUninterruptibly();
      }
      writing = true;
      byte[] next = waiting.remove();
      waitingBytes -= next.length;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private boolean wrote(byte[] lines) {
    try {
      target.write(lines);
      target.flush();
      return true;
    } catch (IOException e) {
      // Nobody is there who could be told; the count is, should there be somebody again.
      lock.lock();
      try {
        dropped(lines);
      } finally {
        lock.unlock();
      }
      return false;
    }
  }

  /// Says how many were dropped, in a line like any other.
  private void tell(boolean goesOn) {
    long lines;
    lock.lock();
    try {
      lines = goesOn && waitingBytes < MOST_WAITING_BYTES / 2 ? untold : 0;
      untold -= lines;
    } finally {
      lock.unlock();
    }
    if (lines > 0) {
      LOG.warn(
          LogLine.of("Lines of this log were dropped because nobody took them")
              .with("lines", lines));
    }
  }

  /// Waits until everything is written, but no longer than this.
  void drain(Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while ((writing || !waiting.isEmpty()) && nanos > 0) {
        nanos = written.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
