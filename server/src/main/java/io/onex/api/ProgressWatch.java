package io.onex.api;

import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds what is stuck: threads that hang or have ended, work that nobody does, and what says by
/// itself that it has failed.
///
/// One thread calls [#look] each second and does nothing else: what it asks must wait for no disk
/// and for no lock that somebody holds who does. Answers come from any thread, wait for nothing and
/// are measured to the moment of the question, so that they stay true although nobody looks any
/// more, which they tell as well.
public final class ProgressWatch {
  /// How the watch itself is called when it is stuck.
  static final String OWN_NAME = "watch";

  /// A longer time between two looks was no time for the others either: the process stood still.
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

  private static final String NOTHING_DONE = "it has work and has done none of it";
  private static final String HANGS = "its thread hangs in what it does";

  private final Supplier<List<Moving>> moving;
  private final Supplier<List<Pulse>> pulses;
  private final Duration stallAfter;
  private final Clock clock;
  private volatile Looked looked;

  /// What one look saw.
  ///
  /// @param seen by who was looked at: a [Pulse], or the name of what moves
  private record Looked(long atNanos, Map<Object, Seen> seen) {}

  /// @param mark changes when something is done
  /// @param failed whether it will do nothing more, whatever the time
  private record Seen(
      String name, long mark, long sinceNanos, boolean waiting, boolean failed, String reason) {
    boolean isStuck(long nowNanos, Duration stallAfter) {
      return failed || (waiting && nowNanos - sinceNanos >= stallAfter.toNanos());
    }
  }

  /// @param moving asked at every look, as destinations come and go
  /// @param pulses likewise, of all threads that have to live
  /// @param stallAfter how long work may wait without anything being done
  public ProgressWatch(
      Supplier<List<Moving>> moving,
      Supplier<List<Pulse>> pulses,
      Duration stallAfter,
      Clock clock) {
    this.moving = moving;
    this.pulses = pulses;
    this.stallAfter = stallAfter;
    this.clock = clock;
    this.looked = new Looked(clock.monotonicNanos(), Map.of());
  }

  /// Takes note of how far everything is.
  public void look() {
    long now = clock.monotonicNanos();
    Looked before = looked;
    long gap = now - before.atNanos();
    long forgiven = gap > LONGEST_GAP.toNanos() ? gap : 0;
    Map<Object, Seen> seen = new LinkedHashMap<>();
    for (Moving one : moving.get()) {
      Optional<String> failure = one.failure();
      Seen next =
          new Seen(
              one.name(),
              one.done(),
              now,
              one.hasWork(),
              failure.isPresent(),
              failure.orElse(NOTHING_DONE));
      seen.put(one.name(), since(before.seen().get(one.name()), next, forgiven));
    }
    for (Pulse pulse : pulses.get()) {
      Optional<String> failure = pulse.failure();
      if (pulse.hasEnded() && failure.isEmpty()) {
        continue;
      }
      long stamp = pulse.stamp();
      Seen next =
          new Seen(
              pulse.name(),
              stamp,
              now,
              Pulse.atWork(stamp),
              failure.isPresent(),
              failure.orElse(HANGS));
      seen.put(pulse, since(before.seen().get(pulse), next, forgiven));
    }
    looked = new Looked(now, seen);
  }

  /// As seen now, but since the look from which nothing was done.
  private static Seen since(@Nullable Seen before, Seen now, long forgiven) {
    if (before == null) {
      return now;
    }
    boolean still =
        now.failed()
            ? before.failed()
            : before.waiting() && now.waiting() && before.mark() == now.mark();
    long since = still ? before.sinceNanos() + forgiven : now.sinceNanos();
    return new Seen(now.name(), now.mark(), since, now.waiting(), now.failed(), now.reason());
  }

  /// What is stuck, with for how long; empty when all is well.
  public List<Stuck> stuck() {
    Looked last = looked;
    long now = clock.monotonicNanos();
    Map<String, Stuck> stuck = new LinkedHashMap<>();
    if (now - last.atNanos() >= stallAfter.toNanos()) {
      add(stuck, new Stuck(OWN_NAME, Duration.ofNanos(now - last.atNanos()), HANGS));
    }
    for (Seen one : last.seen().values()) {
      if (one.isStuck(now, stallAfter)) {
        add(stuck, new Stuck(one.name(), Duration.ofNanos(now - one.sinceNanos()), one.reason()));
      }
    }
    return List.copyOf(stuck.values());
  }

  /// Several threads may bear one name; the one that is stuck for longest speaks.
  private static void add(Map<String, Stuck> all, Stuck one) {
    all.merge(one.name(), one, (a, b) -> a.since().compareTo(b.since()) >= 0 ? a : b);
  }

  /// Names of all that is watched.
  public List<String> names() {
    Collection<String> names = new LinkedHashSet<>();
    looked.seen().values().forEach(one -> names.add(one.name()));
    return List.copyOf(names);
  }

  /// Something that has work and does not do it.
  ///
  /// @param since for how long
  /// @param reason as a sentence without its end
  public record Stuck(String name, Duration since, String reason) {}
}
