package io.onex.http.connection;

import io.helidon.common.socket.SocketContext;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Watches every connection of all listeners, from accept on: none may keep the gateway waiting
/// beyond [ConnectionLimits], and when places run short whoever has been waited for longest goes
/// first. Safe for use by many threads.
///
/// A new connection is always accepted: it takes the place of one that is waited for, or one of a
/// few that are kept for requests that must be answered in any case. Nothing here knows a protocol,
/// so another one on the same port changes nothing.
public final class ConnectionWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final Logger LOG = LogManager.getLogger(ConnectionWatch.class);

  /// A client with a request under way is not given up for others before this.
  private static final long LEAST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

  private final ConnectionLimits limits;
  private final LongSupplier bytesTooMany;
  private final Clock clock;
  private final Places ordinary;
  private final Places kept;
  private final Map<ConnectionPhase, Counter> waitedTooLong = new EnumMap<>(ConnectionPhase.class);
  private final Counter madeRoom;
  private final Counter refused;
  private final Counter keptTaken;
  private final OwnedThread thread;
  private boolean shortOfPlaces;

  /// @param bytesTooMany by how many bytes the bodies under way exceed what leaves room for others;
  ///   not positive while there is room
  public ConnectionWatch(
      ConnectionLimits limits, LongSupplier bytesTooMany, Clock clock, Telemetry telemetry) {
    this.limits = limits;
    this.bytesTooMany = bytesTooMany;
    this.clock = clock;
    long now = clock.monotonicNanos();
    ordinary = new Places(limits.most(), LEAST_WAIT_NANOS, now);
    // Whoever means to be answered here has asked by now.
    kept = new Places(limits.kept(), 0, now);
    for (ConnectionPhase phase : ConnectionPhase.values()) {
      waitedTooLong.put(
          phase,
          telemetry.counter(
              "onex_gateway_connections_given_up_total",
              "Connections closed because the client was waited for too long, by what for.",
              Map.of("phase", phase.label())));
    }
    madeRoom =
        telemetry.counter(
            "onex_gateway_connections_displaced_total",
            "Connections closed, the longest waited for first, because all places were taken.",
            Map.of());
    keptTaken =
        telemetry.counter(
            "onex_gateway_connections_kept_total",
            "Connections that came while all places were taken and got one of those kept for health"
                + " and metrics.",
            Map.of());
    refused =
        telemetry.counter(
            "onex_gateway_connections_refused_total",
            "Connections closed as soon as they came, because even the kept places were taken.",
            Map.of());
    telemetry.gauge("onex_gateway_connections", "Connections that are open.", Map.of(), this::open);
    telemetry.gauge(
        "onex_gateway_connections_limit",
        "Connections that may be open, without the kept places.",
        Map.of(),
        limits::most);
    thread = OwnedThread.daemon("onex-connections", "connections", this::run);
  }

  /// Begins to look, four times a second, on a thread that does nothing else.
  public ConnectionWatch start() {
    var _ = thread.start();
    return this;
  }

  public Pulse pulse() {
    return thread.pulse();
  }

  /// Stops looking; connections are left to their listeners.
  @Override
  public void close() {
    thread.askToStop();
  }

  private void run(OwnedThread self) throws InterruptedException {
    while (self.pause(LOOK)) {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.error(LogLine.of("A look at the connections failed"), e);
      }
    }
  }

  /// The options by which a listener makes every accepted socket known here.
  public SocketOptions options() {
    return new WatchedOptions(SocketOptions.create(), this);
  }

  /// `protocol`, spoken over connections that are watched here.
  public ServerConnectionSelector watching(ServerConnectionSelector protocol) {
    return new WatchedSelector(protocol, this);
  }

  /// Connections that are open.
  public int open() {
    return ordinary.taken() + kept.taken();
  }

  /// Gives up whoever has been waited for too long. One thread.
  void look() {
    long now = clock.monotonicNanos();
    long bytes = bytesTooMany.getAsLong();
    int surplus = ordinary.taken() - limits.nearlyFull();
    tellOf(surplus);
    for (Places.Waiting one : kept.waiting(now)) {
      giveUpIfOver(kept, one, limits.hurried().toNanos() / 2);
    }
    for (Places.Waiting one : ordinary.waiting(now)) {
      boolean body = one.connection().phase() == ConnectionPhase.BODY;
      long moved = one.connection().movedBytes();
      // Bytes are held while others wait for their room.
      long allowed =
          body && bytes > 0
              ? LEAST_WAIT_NANOS
              : limits.allowedNanos(one.connection().phase(), surplus > 0);
      if (giveUpIfOver(ordinary, one, allowed)) {
        surplus--;
        bytes -= body ? moved : 0;
      }
    }
  }

  /// A connection was accepted; nobody has read from it.
  ///
  /// @throws UncheckedIOException when there is no place for it; it is to be closed
  void accepted(SocketChannel channel) {
    Places.Ends ends;
    try {
      ends = new Places.Ends(channel.getRemoteAddress(), channel.getLocalAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (hasRoom(ordinary)) {
      ordinary.put(ends, new WatchedConnection(channel, limits, clock, false));
    } else if (hasRoom(kept)) {
      keptTaken.increment();
      kept.put(ends, new WatchedConnection(channel, limits, clock, true));
    } else {
      refused.increment();
      throw new UncheckedIOException(new IOException("there is no place for another connection"));
    }
  }

  /// The connection a protocol is about to be spoken over; empty when it was given up meanwhile.
  Optional<WatchedConnection> find(SocketContext context) {
    Places.Ends ends = ends(context);
    WatchedConnection connection = ordinary.get(ends);
    return Optional.ofNullable(connection == null ? kept.get(ends) : connection);
  }

  /// The conversation over a connection is over; it is closed next.
  void left(SocketContext context, WatchedConnection connection) {
    Places.Ends ends = ends(context);
    ordinary.remove(ends, connection);
    kept.remove(ends, connection);
  }

  private static Places.Ends ends(SocketContext context) {
    return new Places.Ends(context.remotePeer().address(), context.localPeer().address());
  }

  /// @return whether it was given up
  private boolean giveUpIfOver(Places places, Places.Waiting one, long allowedNanos) {
    WatchedConnection connection = one.connection();
    // Who was given up gets a moment for his answer.
    long allowed = connection.isGivenUp() ? LEAST_WAIT_NANOS : allowedNanos;
    if (one.nanos() <= allowed) {
      return false;
    }
    ConnectionPhase phase = connection.phase();
    if (!connection.isGivenUp()) {
      Objects.requireNonNull(waitedTooLong.get(phase)).increment();
    }
    if (connection.giveUp()) {
      places.remove(one.ends(), connection);
    }
    return true;
  }

  private void tellOf(int surplus) {
    if (surplus > 0 && !shortOfPlaces) {
      LOG.warn(
          LogLine.of("Nearly all places for connections are taken; idle and slow ones go early")
              .with("connections", open())
              .with("limit", limits.most()));
    }
    shortOfPlaces = shortOfPlaces ? surplus > -limits.most() / 4 : surplus > 0;
  }

  private boolean hasRoom(Places places) {
    if (!places.isFull()) {
      return true;
    }
    madeRoom.add(places.makeRoom(clock.monotonicNanos()));
    return !places.isFull();
  }
}
