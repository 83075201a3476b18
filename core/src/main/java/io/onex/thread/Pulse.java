package io.onex.thread;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The sign of life of something that runs on a thread of its own: a count that goes on with its
/// work, and whether it rests.
///
/// The thread alone changes it and pays a plain write; whoever watches looks from any other thread,
/// waits for nothing, and tells work from a thread that hangs by two looks at [#stamp].
public final class Pulse {
  /// Lowest bit: at work. The others count.
  private static final long AT_WORK = 1;

  private static final long ONE_BEAT = 2;

  private final String name;
  private final AtomicLong state = new AtomicLong();
  private volatile boolean ended;
  private volatile Optional<String> failure = Optional.empty();

  /// @param name how people know it, such as `log maintenance` or `delivery elk`
  public Pulse(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /// A piece of work is done and the next begins.
  public void beat() {
    next(AT_WORK);
  }

  /// Waits from now on for something that may take as long as it likes, such as the next order.
  public void rest() {
    next(0);
  }

  /// It is over, as it should be.
  void end() {
    ended = true;
  }

  /// It is over, as it never should be.
  ///
  /// @param reason without payload
  void fail(String reason) {
    failure = Optional.of(reason);
    ended = true;
  }

  private void next(long atWork) {
    state.lazySet((state.getPlain() & ~AT_WORK) + ONE_BEAT + atWork);
  }

  /// Differs from an earlier one when anything was done in between.
  public long stamp() {
    return state.getAcquire();
  }

  /// Whether a thread of this stamp had something to do.
  public static boolean atWork(long stamp) {
    return (stamp & AT_WORK) != 0;
  }

  /// Whether it is over.
  public boolean hasEnded() {
    return ended;
  }

  /// Why it is over although it never should be.
  public Optional<String> failure() {
    return failure;
  }
}
