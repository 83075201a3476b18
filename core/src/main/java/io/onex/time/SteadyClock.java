package io.onex.time;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/// A clock whose wall time goes on by the monotonic one when the machine's clock is set.
///
/// A wall clock that jumps may be wrong now or may have been wrong before; which, time tells: where
/// it was set by mistake, it is set back. So a jump is taken over once it has stood for
/// [#BELIEVED_AFTER]. What is smaller than [#JUMP], such as the slewing of a time service, is
/// followed at once. Safe for use by many threads; costs a look at both clocks.
public final class SteadyClock implements Clock {
  /// How long a jump has to stand.
  public static final Duration BELIEVED_AFTER = Duration.ofSeconds(60);

  /// Differences up to this are none.
  public static final Duration JUMP = Duration.ofSeconds(1);

  private static final long JUMP_MICROS = JUMP.toNanos() / 1_000;
  private static final long BELIEVED_MICROS = BELIEVED_AFTER.toNanos() / 1_000;

  private final Clock machine;
  private final LongConsumer jumped;
  private final ReentrantLock lock = new ReentrantLock();

  /// Wall time minus monotonic time, in microseconds, as it is believed.
  private volatile long offsetMicros;

  private volatile boolean inDoubt;

  // The jump in doubt, guarded by the lock.
  private long doubtfulOffsetMicros;
  private long doubtfulSinceMicros;

  /// @param jumped is told by how many microseconds, when a jump is taken over
  public SteadyClock(Clock machine, LongConsumer jumped) {
    this.machine = machine;
    this.jumped = jumped;
    this.offsetMicros = machine.wallMicros() - monotonicMicros();
  }

  /// Says that it was already this late when the process ended: a machine that has started with a
  /// clock of long ago goes on from there until its clock is right.
  ///
  /// @param micros since the epoch, not known to be right
  public void continueFrom(long micros) {
    lock.lock();
    try {
      offsetMicros = Math.max(offsetMicros, micros - monotonicMicros());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long wallMicros() {
    long monotonic = monotonicMicros();
    long wall = machine.wallMicros();
    long differs = wall - monotonic - offsetMicros;
    if (differs > JUMP_MICROS || differs < -JUMP_MICROS) {
      return doubt(wall, monotonic);
    }
    if (inDoubt) {
      wasNone();
    }
    if (differs != 0) {
      offsetMicros = wall - monotonic;
    }
    return wall;
  }

  private long doubt(long wall, long monotonic) {
    lock.lock();
    try {
      long offset = wall - monotonic;
      if (!inDoubt || Math.abs(offset - doubtfulOffsetMicros) > JUMP_MICROS) {
        inDoubt = true;
        doubtfulOffsetMicros = offset;
        doubtfulSinceMicros = monotonic;
      } else if (monotonic - doubtfulSinceMicros >= BELIEVED_MICROS) {
        long by = offset - offsetMicros;
        offsetMicros = offset;
        inDoubt = false;
        jumped.accept(by);
      }
      return monotonic + offsetMicros;
    } finally {
      lock.unlock();
    }
  }

  private void wasNone() {
    lock.lock();
    try {
      inDoubt = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long monotonicNanos() {
    return machine.monotonicNanos();
  }

  private long monotonicMicros() {
    return machine.monotonicNanos() / 1_000;
  }
}
