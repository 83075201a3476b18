package io.onex.bench.run;

import io.onex.bench.load.EventSeries;
import io.onex.bench.oracle.Deliveries;
import io.onex.bench.sink.BackEnd;
import io.onex.bench.sink.BulkBackEnd;
import io.onex.bench.sink.SinkServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// A back end that is dead in one way until it recovers at the same port.
final class SickBackEnd implements Closeable {
  private static final Duration SLOW = Duration.ofSeconds(30);

  private final String name;
  private final int port;
  private final Deliveries deliveries = new Deliveries();
  private final BackEnd well;
  private Closeable server;

  private SickBackEnd(String name, EventSeries series, Illness illness) throws IOException {
    this.name = name;
    this.well = new BulkBackEnd(series, deliveries, true);
    Occupied occupied = illness.start(well);
    this.port = occupied.port();
    this.server = occupied.by();
  }

  private interface Illness {
    /// Puts something at a free port.
    ///
    /// @param well what the back end would answer were it well
    Occupied start(BackEnd well) throws IOException;
  }

  private record Occupied(int port, Closeable by) {}

  /// One that never answers, one that refuses connections, one that answers 500 and one that takes
  /// what it gets and answers after 30 seconds.
  static List<SickBackEnd> oneOfEach(EventSeries series) throws IOException {
    return List.of(
        new SickBackEnd("black_hole", series, well -> blackHole()),
        new SickBackEnd("refusing", series, well -> refusing()),
        new SickBackEnd("failing", series, well -> answering(SickBackEnd::fail)),
        new SickBackEnd(
            "slow", series, well -> answering((m, path, body, n) -> late(well, m, path, body, n))));
  }

  private static Occupied blackHole() throws IOException {
    BlackHole hole = new BlackHole();
    return new Occupied(hole.port(), hole);
  }

  /// A port that is taken but not listened on, so that nobody else gets it meanwhile.
  private static Occupied refusing() throws IOException {
    Socket taken = new Socket();
    taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new Occupied(taken.getLocalPort(), taken);
  }

  private static Occupied answering(BackEnd backEnd) throws IOException {
    SinkServer server = new SinkServer(backEnd);
    return new Occupied(server.port(), server);
  }

  private static BackEnd.Reply fail(String method, String path, byte[] body, int length) {
    return new BackEnd.Reply(500, new byte[0]);
  }

  private static BackEnd.Reply late(
      BackEnd well, String method, String path, byte[] body, int length) throws IOException {
    // Taken first: what answers late has the records whether or not anybody waits.
    BackEnd.Reply reply = well.answer(method, path, body, length);
    if (path.contains("_bulk")) {
      try {
        Thread.sleep(SLOW);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return reply;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /// What it received.
  Deliveries deliveries() {
    return deliveries;
  }

  /// From now on it takes everything and answers at once.
  void recover() throws IOException {
    server.close();
    server = new SinkServer(port, well);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
