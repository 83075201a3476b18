package io.onex.http.connection;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A number of places for connections, and who has them. Safe for use by many threads.
final class Places {
  /// After a search for room that found none the next one has to wait.
  private static final long SEARCH_PAUSE_NANOS = 20_000_000;

  private static final Comparator<Waiting> LONGEST_FIRST =
      Comparator.comparingLong(Waiting::nanos).reversed();

  private final int most;
  private final long leastWaitNanos;
  private final Map<Ends, WatchedConnection> taken = new ConcurrentHashMap<>();
  private final AtomicLong searchAgainAt;

  /// Both ends of a connection, by which it is found again.
  record Ends(@Nullable SocketAddress remote, @Nullable SocketAddress local) {}

  /// A connection and for how long its client had been waited for when it was looked at.
  record Waiting(Ends ends, WatchedConnection connection, long nanos) {}

  /// @param leastWaitNanos for how long a client with a request under way keeps its place at least
  Places(int most, long leastWaitNanos, long now) {
    this.most = most;
    this.leastWaitNanos = leastWaitNanos;
    searchAgainAt = new AtomicLong(now);
  }

  int most() {
    return most;
  }

  int taken() {
    return taken.size();
  }

  boolean isFull() {
    return taken.size() >= most;
  }

  void put(Ends ends, WatchedConnection connection) {
    taken.put(ends, connection);
  }

  void remove(Ends ends, WatchedConnection connection) {
    taken.remove(ends, connection);
  }

  @Nullable WatchedConnection get(Ends ends) {
    return taken.get(ends);
  }

  /// Those whose clients are waited for, the longest first. Forgets those that are closed.
  List<Waiting> waiting(long now) {
    List<Waiting> waiting = new ArrayList<>();
    taken.forEach((ends, connection) -> {
      if (!connection.isOpen()) {
        remove(ends, connection);
        return;
      }
      long nanos = connection.waitedNanos(now);
      if (nanos >= 0) {
        waiting.add(new Waiting(ends, connection, nanos));
      }
    });
    waiting.sort(LONGEST_FIRST);
    return waiting;
  }

  /// Closes some of those that are waited for, the longest first; a few at once, so that not every
  /// accept has to search.
  ///
  /// @return how many were closed
  int makeRoom(long now) {
    if (now - searchAgainAt.get() < 0) {
      return 0;
    }
    int wanted = Math.max(1, most / 64);
    int closed = 0;
    for (Waiting one : waiting(now)) {
      if (closed == wanted) {
        break;
      }
      if (one.connection().phase().isNothingUnderWay() || one.nanos() >= leastWaitNanos) {
        one.connection().close();
        remove(one.ends(), one.connection());
        closed++;
      }
    }
    if (isFull()) {
      searchAgainAt.set(now + SEARCH_PAUSE_NANOS);
    }
    return closed;
  }
}
