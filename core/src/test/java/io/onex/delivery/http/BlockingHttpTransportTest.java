package io.onex.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.onex.bytes.Slice;
import io.onex.config.TlsConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockingHttpTransportTest {
  private final ExecutorService serverThreads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;
  private BlockingHttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(serverThreads);
    server.start();
    transport = new BlockingHttpTransport(HttpSettings.DEFAULT);
  }

  @AfterEach
  void stop() {
    release.countDown();
    transport.close();
    server.stop(0);
    serverThreads.shutdownNow();
  }

  @Test
  void a_body_of_many_parts_arrives_as_one() throws Exception {
    AtomicReference<byte[]> received = new AtomicReference<>();
    AtomicReference<String> length = new AtomicReference<>();
    serve(exchange -> {
      received.set(exchange.getRequestBody().readAllBytes());
      length.set(exchange.getRequestHeaders().getFirst("Content-Length"));
      answer(exchange, 200, "");
    });
    long seed = 20260101;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    List<Slice> parts = new ArrayList<>();
    for (int size : new int[] {0, 1, 500, 16_384, 3, 200_000, 16_383, 0, 70_000, 12}) {
      byte[] array = new byte[size + 20];
      random.nextBytes(array);
      parts.add(new Slice(array, 7, size));
      expected.write(array, 7, size);
    }

    assertThat(transport.exchange(post("/", parts)).status()).isEqualTo(200);

    assertThat(received.get()).isEqualTo(expected.toByteArray());
    assertThat(length.get()).isEqualTo(String.valueOf(expected.size()));

    // The same when nobody knows how long it will be.
    HttpCall call = post("/", List.of());
    HttpCall unmeasured =
        new HttpCall(
            "PUT", call.uri(), Map.of(), Pieces.of(parts.toArray(Slice[]::new)), call.timeout());
    assertThat(transport.exchange(unmeasured).status()).isEqualTo(200);
    assertThat(received.get()).isEqualTo(expected.toByteArray());
    assertThat(length.get()).isNull();
  }

  @Test
  void one_connection_serves_many_exchanges() throws Exception {
    Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    serve(exchange -> {
      clients.add(exchange.getRemoteAddress());
      exchange.getRequestBody().readAllBytes();
      answer(exchange, 200, "ok");
    });

    for (int i = 0; i < 10; i++) {
      transport.exchange(post("/", List.of(Slice.utf8("x"))));
    }

    assertThat(clients).hasSize(1);
  }

  @Test
  void an_answer_comes_with_status_lower_case_headers_and_body() throws Exception {
    serve(exchange -> {
      exchange.getResponseHeaders().add("Retry-After", "7");
      answer(exchange, 429, "slow down");
    });

    HttpAnswer answer = transport.exchange(post("/", List.of()));

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("retry-after")).contains("7");
    assertThat(answer.body().utf8()).isEqualTo("slow down");
  }

  @Test
  void headers_of_the_call_are_sent_and_the_agent_is_named() throws Exception {
    AtomicReference<Map<String, List<String>>> headers = new AtomicReference<>();
    serve(exchange -> {
      headers.set(Map.copyOf(exchange.getRequestHeaders()));
      answer(exchange, 200, "");
    });

    transport.exchange(
        new HttpCall(
            "PUT",
            uri("/"),
            Map.of("Content-Type", "application/json"),
            List.of(Slice.utf8("{}")),
            Duration.ofSeconds(5)));

    assertThat(headers.get())
        .containsEntry("Content-type", List.of("application/json"))
        .containsEntry("User-agent", List.of("onex/0.1"));
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
    List<String> paths = new ArrayList<>();
    serve(exchange -> {
      paths.add(exchange.getRequestURI().getPath());
      exchange.getResponseHeaders().add("Location", uri("/elsewhere").toString());
      answer(exchange, 302, "");
    });

    assertThat(transport.exchange(post("/", List.of())).status()).isEqualTo(302);
    assertThat(paths).containsExactly("/");
  }

  @Test
  void an_answer_over_the_limit_fails_the_exchange() throws Exception {
    serve(exchange -> answer(exchange, 200, "x".repeat(2000)));
    try (BlockingHttpTransport small =
        new BlockingHttpTransport(
            new HttpSettings(TlsConfig.DEFAULT, Duration.ofSeconds(5), 1999, "t"))) {
      assertThatThrownBy(() -> small.exchange(post("/", List.of())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("longer than 1999 bytes");
    }
  }

  @Test
  void the_timeout_covers_an_answer_whose_body_never_ends() throws Exception {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      awaitRelease();
    });

    assertThatThrownBy(() ->
            transport.exchange(
                new HttpCall(
                    "POST", uri("/secret-token"), Map.of(), List.of(), Duration.ofMillis(200))))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("PT0.2S")
        .message()
        .doesNotContain("secret-token");
  }

  @Test
  void an_interrupt_ends_the_wait() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    serve(exchange -> {
      arrived.countDown();
      awaitRelease();
    });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                transport.exchange(post("/", List.of()));
              } catch (IOException | InterruptedException e) {
                thrown.set(e);
              }
            });
    assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_refused_connection_names_host_and_port_but_not_the_path() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/services/T0/secret");

    assertThatThrownBy(() ->
            transport.exchange(
                new HttpCall("POST", nobody, Map.of(), List.of(), Duration.ofSeconds(5))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing accepts connections there")
        .hasMessageContaining("127.0.0.1:" + port)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void closing_the_transport_ends_the_exchanges_under_way() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    serve(exchange -> {
      arrived.countDown();
      awaitRelease();
    });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                transport.exchange(post("/", List.of()));
              } catch (IOException | InterruptedException e) {
                thrown.set(e);
              }
            });
    assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();

    transport.close();

    assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
    assertThat(thrown.get()).isInstanceOf(IOException.class);
  }

  private void serve(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private void awaitRelease() {
    try {
      assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpCall post(String path, List<Slice> body) {
    return new HttpCall("POST", uri(path), Map.of(), body, Duration.ofSeconds(10));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = Slice.utf8(body).toByteArray();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
