package io.onex.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.onex.app.SystemClock;
import io.onex.http.connection.ConnectionLimits;
import io.onex.http.connection.ConnectionWatch;
import io.onex.ingest.ByteBudget;
import io.onex.ingest.Bytes;
import io.onex.telemetry.FamilySnapshot;
import io.onex.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients by the thousand that keep the gateway waiting, and one that does not.
class StalledClientsTest {
  private static final int PLACES = 800;
  private static final int CLIENTS = 1500;

  /// Much less than a first piece of the body of each client would take.
  private static final long BUDGET_BYTES = 8 << 20;

  private static final Duration HEADERS = Duration.ofMillis(800);
  private static final Duration BODY = Duration.ofMillis(800);
  private static final Duration IDLE = Duration.ofMillis(1200);
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(PLACES, 256, HEADERS, BODY, 20_000, IDLE, Duration.ofMillis(300));

  /// An answer on loopback takes milliseconds; this is for a machine that has other things to do.
  private static final Duration SOON = Duration.ofSeconds(4);

  private static final String POST =
      "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n";

  private final Telemetry telemetry = new Telemetry();
  private final ByteBudget budget = new ByteBudget(BUDGET_BYTES);
  private final List<SocketChannel> clients = new ArrayList<>();
  private ConnectionWatch watch;
  private Listener listener;

  /// What a client does before it does nothing more.
  enum Stall {
    SILENT(""),
    IN_REQUEST_LINE("POST /ev"),
    IN_HEADERS("POST /events HTTP/1.1\r\nHost: local"),
    IN_BODY(POST + "\r\n12"),
    BEFORE_BODY(POST + "\r\n"),
    IN_CHUNK(
        "POST /events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\nx"),
    AFTER_ANSWER("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    IN_NEXT_REQUEST("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\n"),
    BEFORE_LARGE_ANSWER("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    WITH_MUCH_OF_A_BODY(
        "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n"
            + "x".repeat(40_000)),
    IN_TLS_HANDSHAKE("\u0016\u0003\u0001\u0002\u0000\u0001");

    private final String text;

    Stall(String text) {
      this.text = text;
    }

    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @BeforeEach
  void start() {
    watch = new ConnectionWatch(LIMITS, budget::scarcity, new SystemClock(), telemetry).start();
    listener = listen(List.of());
  }

  private Listener listen(List<ServerConnectionSelector> further) {
    byte[] large = new byte[3 << 20];
    return Listener.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        watch,
        Set::of,
        List.of(
            Route.get(
                    "/health",
                    "health",
                    (req, res) -> res.send("healthy".getBytes(StandardCharsets.US_ASCII)))
                .asVital(),
            Route.get("/large", "much", (req, res) -> res.send(large)),
            Route.post(
                "/events",
                "events",
                (req, res) -> {
                  try (ByteBudget.Lease lease = budget.lease()) {
                    Bytes body = new Bytes(0);
                    Bytes.ReadOutcome read =
                        body.readAll(req.content().inputStream(), 200_000, lease);
                    if (read != Bytes.ReadOutcome.READ) {
                      throw Problem.of(429, "too_many_requests", "no room", "later").asException();
                    }
                    res.send(body.slice().utf8().getBytes(StandardCharsets.US_ASCII));
                  }
                })),
        further);
  }

  @AfterEach
  void stop() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    listener.close();
    watch.close();
  }

  @ParameterizedTest
  @EnumSource
  void whoever_does_nothing_more_takes_nobody_s_place(Stall stall) throws Exception {
    Patient healthy = new Patient();
    Thread sender = Thread.ofPlatform().start(healthy);
    for (int i = 0; i < CLIENTS; i++) {
      stalled(stall);
    }
    long opened = System.nanoTime();
    until("all are gone", () -> watch.open() <= 3);
    healthy.enough = true;
    sender.join();

    assertThat(healthy.failures).isEmpty();
    assertThat(healthy.answers).isGreaterThan(20);
    assertThat(healthy.slowest).isLessThan(SOON);
    assertThat(Duration.ofNanos(System.nanoTime() - opened))
        .as("the last of them")
        .isLessThan(IDLE.plusSeconds(2).plus(SOON));
    until("no bytes are held for them", () -> budget.used() == 0);
    assertThat(counted("onex_gateway_connections_displaced_total")).isPositive();
    assertThat(counted("onex_gateway_connections_given_up_total")).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_HEADERS", "IN_BODY"})
  void a_byte_now_and_then_buys_no_time(Stall stall) throws Exception {
    for (int i = 0; i < 100; i++) {
      stalled(stall);
    }
    long start = System.nanoTime();
    List<SocketChannel> open = new ArrayList<>(clients);
    until(
        "the drip is ended",
        () -> {
          open.removeIf(client -> !dripped(client));
          return open.isEmpty();
        });
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(HEADERS.multipliedBy(2).plus(SOON));
  }

  @Test
  void a_slow_sender_that_keeps_the_rate_is_waited_for() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      var out = socket.getOutputStream();
      out.write(
          "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 120000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      long until = System.nanoTime() + BODY.multipliedBy(2).toNanos();
      int sent = 0;
      while (System.nanoTime() < until) {
        out.write(new byte[1000]);
        sent += 1000;
        java.util.concurrent.locks.LockSupport.parkNanos(25_000_000);
      }
      out.write(new byte[120_000 - sent]);
      assertThat(head(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_body_that_comes_too_slowly_is_answered_with_408() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(Stall.IN_BODY.bytes());
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 408 ")
          .contains("\"code\":\"request_timeout\"", "server.body_timeout");
    }
  }

  @Test
  void when_every_place_is_busy_health_is_answered_and_anything_else_told_to_come_back()
      throws Exception {
    for (int i = 0; i < PLACES; i++) {
      stalled(Stall.IN_BODY);
    }
    until("all places are taken", () -> watch.open() >= PLACES);
    List<String> answers = new ArrayList<>();
    // Younger than a second nobody is closed for another.
    for (int i = 0; i < 5; i++) {
      answers.add(answer("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    assertThat(answers).allMatch(answer -> answer.startsWith("HTTP/1.1 200"));
    if (counted("onex_gateway_connections_displaced_total") == 0) {
      assertThat(answer(POST + "\r\n12345"))
          .startsWith("HTTP/1.1 503 ")
          .contains("\"code\":\"too_many_connections\"", "Retry-After", "server.max_connections");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "POST / HT"})
  void a_second_protocol_on_the_port_changes_nothing(String first) throws Exception {
    try (Listener two = listen(List.of(new LongPreface()))) {
      List<SocketChannel> silent = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        silent.add(connect(two, first.getBytes(StandardCharsets.US_ASCII)));
      }
      assertThat(answer(two, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      until("all are given up", () -> watch.open() == 0);
      for (SocketChannel one : silent) {
        one.close();
      }
    }
  }

  /// A protocol that begins with more bytes than a request line may have.
  private record LongPreface() implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
      return 24;
    }

    @Override
    public Support supports(BufferData data) {
      return Support.UNSUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
      return Set.of("long");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      throw new IllegalStateException("it supports nothing");
    }
  }

  /// Asks again and again, on new connections, and comes back when it is told to.
  private final class Patient implements Runnable {
    private final List<String> failures = new ArrayList<>();
    private volatile boolean enough;
    private Duration slowest = Duration.ZERO;
    private int answers;

    @Override
    public void run() {
      while (!enough) {
        ask("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", "healthy");
        ask(POST + "\r\n12345", "12345");
      }
    }

    private void ask(String request, String wanted) {
      long start = System.nanoTime();
      String last = "";
      while (Duration.ofNanos(System.nanoTime() - start).compareTo(SOON) < 0) {
        last = answer(request);
        if (last.endsWith(wanted)) {
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          slowest = took.compareTo(slowest) > 0 ? took : slowest;
          answers++;
          return;
        }
      }
      failures.add(request.substring(0, 12) + " -> " + last);
    }
  }

  private boolean dripped(SocketChannel client) {
    try {
      client.write(ByteBuffer.wrap(new byte[] {'x'}));
      return client.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void stalled(Stall stall) throws IOException {
    clients.add(connect(listener, stall.bytes()));
  }

  private static SocketChannel connect(Listener listener, byte[] bytes) throws IOException {
    SocketChannel client = SocketChannel.open();
    // So that an answer nobody reads does not fit into the kernel.
    client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
    client.configureBlocking(false);
    try {
      client.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      // It was displaced already.
    }
    return client;
  }

  private String answer(String request) {
    return answer(listener, request);
  }

  private static String answer(Listener listener, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket
          .getOutputStream()
          .write(
              request
                  .replaceFirst("\r\n", "\r\nConnection: close\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String head(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
  }

  private void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what + ", open " + watch.open()).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  private double counted(String name) {
    return telemetry.snapshot().stream()
        .filter(family -> family.name().equals(name))
        .flatMap(family -> family.samples().stream())
        .mapToDouble(sample -> ((FamilySnapshot.Value) sample).value())
        .sum();
  }
}
