package io.onex.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Finds what is stuck: there was work at every look for a while, and nothing of it was done.
///
/// Somebody calls [#look] about once a second; answers come from any thread.
public final class ProgressWatch {
  private final Supplier<List<Moving>> watched;
  private final Duration stallAfter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  private record Seen(long done, long sinceNanos, boolean waiting, long lookNanos) {
    Duration still() {
      return waiting ? Duration.ofNanos(lookNanos - sinceNanos) : Duration.ZERO;
    }
  }

  /// @param watched asked at every look, as destinations come and go
  /// @param stallAfter how long work may wait without anything being done
  public ProgressWatch(Supplier<List<Moving>> watched, Duration stallAfter) {
    this.watched = watched;
    this.stallAfter = stallAfter;
  }

  /// Takes note of how far everything is.
  public void look(long nowNanos) {
    List<Moving> all = watched.get();
    lock.lock();
    try {
      seen.keySet().retainAll(all.stream().map(Moving::name).toList());
      for (Moving one : all) {
        long done = one.done();
        boolean waiting = one.hasWork();
        Seen before = seen.getOrDefault(one.name(), new Seen(done, nowNanos, false, nowNanos));
        boolean still = before.waiting() && waiting && before.done() == done;
        long since = still ? before.sinceNanos() : nowNanos;
        seen.put(one.name(), new Seen(done, since, waiting, nowNanos));
      }
    } finally {
      lock.unlock();
    }
  }

  /// What is stuck, with for how long; empty when all is well.
  public List<Stuck> stuck() {
    lock.lock();
    try {
      List<Stuck> stuck = new ArrayList<>();
      seen.forEach((name, state) -> {
        if (state.still().compareTo(stallAfter) >= 0) {
          stuck.add(new Stuck(name, state.still()));
        }
      });
      return stuck;
    } finally {
      lock.unlock();
    }
  }

  /// Names of all that is watched.
  public List<String> names() {
    lock.lock();
    try {
      return List.copyOf(seen.keySet());
    } finally {
      lock.unlock();
    }
  }

  /// Something that has work and does not do it.
  public record Stuck(String name, Duration since) {}
}
