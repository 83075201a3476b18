package io.onex.http.connection;

import io.helidon.common.socket.PeerInfo;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One connection, as its watch sees it: what is waited for, since when, and what has moved.
///
/// Written by the one thread that serves the connection, read by the watch, which may end it at any
/// time.
public final class WatchedConnection {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final SocketChannel channel;
  private final ConnectionLimits limits;
  private final Clock clock;
  private final boolean kept;
  private @Nullable WatchedReader reader;
  private volatile ConnectionPhase phase = ConnectionPhase.CONNECTING;
  private volatile long waitingSince;
  private volatile long waitedBefore;
  private volatile long moved;
  private volatile boolean givenUp;

  /// @param kept whether it has one of the places that are kept free for few requests
  WatchedConnection(SocketChannel channel, ConnectionLimits limits, Clock clock, boolean kept) {
    this.channel = channel;
    this.limits = limits;
    this.clock = clock;
    this.kept = kept;
    waitingSince = clock.monotonicNanos();
  }

  /// The connection a request came by.
  ///
  /// @param peer of the request
  public static WatchedConnection of(PeerInfo peer) {
    if (peer instanceof WatchedPeer watched) {
      return watched.connection();
    }
    throw new IllegalArgumentException("the listener has no watch");
  }

  /// Whether all other places were taken when it came, so that only requests that must be answered
  /// in any case are.
  public boolean isKept() {
    return kept;
  }

  /// Whether the client was waited for in vain: what is missing of its request will not come.
  public boolean isGivenUp() {
    return givenUp;
  }

  /// The headers of a request are complete.
  public void requestBegan() {
    enter(ConnectionPhase.BODY);
  }

  /// The request is answered and its body read.
  public void requestEnded() {
    boolean next = reader != null && reader.available() > 0;
    enter(next ? ConnectionPhase.HEADERS : ConnectionPhase.IDLE);
  }

  void identified(WatchedReader by) {
    reader = by;
    enter(ConnectionPhase.IDLE);
  }

  /// The connection takes no more requests.
  void lingers() {
    enter(ConnectionPhase.LINGERING);
  }

  void reading() {
    waitingSince = clock.monotonicNanos();
  }

  /// @param bytes that came, 0 at the end
  void read(int bytes) {
    long waited = waitedBefore + clock.monotonicNanos() - waitingSince;
    waitedBefore = Math.max(0, waited - limits.earnedNanos(bytes));
    waitingSince = NOT_WAITING;
    if (phase == ConnectionPhase.IDLE) {
      enter(ConnectionPhase.HEADERS);
    }
    long before = moved;
    moved = before + bytes;
  }

  /// Runs `write`, which waits until the client takes what is sent.
  void writing(Runnable write) {
    ConnectionPhase before = phase;
    long movedBefore = moved;
    long waited = waitedBefore;
    enter(ConnectionPhase.ANSWERING);
    waitingSince = clock.monotonicNanos();
    try {
      write.run();
    } finally {
      enter(before);
      moved = movedBefore;
      waitedBefore = waited;
    }
  }

  /// The client took a piece of a larger write.
  void wrote() {
    waitingSince = clock.monotonicNanos();
  }

  private void enter(ConnectionPhase next) {
    waitingSince = NOT_WAITING;
    waitedBefore = 0;
    moved = 0;
    phase = next;
  }

  /// How long the client has been waited for in this phase, or -1 when it is not waited for.
  long waitedNanos(long now) {
    long since = waitingSince;
    return since == NOT_WAITING ? -1 : Math.max(0, waitedBefore + now - since);
  }

  ConnectionPhase phase() {
    return phase;
  }

  long movedBytes() {
    return moved;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /// Gives the client up. While a body is read, the request may still be answered.
  ///
  /// @return whether the connection is closed; otherwise it is to be closed a little later
  boolean giveUp() {
    if (phase != ConnectionPhase.BODY || givenUp) {
      close();
      return true;
    }
    givenUp = true;
    try {
      channel.shutdownInput();
      return false;
    } catch (IOException e) {
      // It is closed already, by the other side or its own thread.
      return true;
    }
  }

  /// Closes the connection, whatever is under way.
  void close() {
    givenUp = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  /// Tells the client that nothing more will be sent.
  void endOfAnswers() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // The other side is gone.
    }
  }
}
