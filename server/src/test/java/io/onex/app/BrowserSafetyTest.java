package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway, asked as a browser asks it for pages of strangers.
class BrowserSafetyTest {
  private static final List<String> DATA =
      List.of(
          "/metrics",
          "/onex/v1/status",
          "/onex/v1/config",
          "/onex/v1/dead-letters",
          "/onex/v1/replay",
          "/onex/v1/why/x",
          "/onex/v1/tap?limit=1",
          "/nowhere");

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder, Map.of());
    gateway.start("  allowed_hosts: [Onex.Example.com]\n");
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @Test
  void a_page_bound_to_our_address_reads_nothing() throws IOException {
    for (String path : DATA) {
      assertThat(get(path, "Host: evil.test")).as(path).startsWith("HTTP/1.1 421 ");
    }
    assertThat(get("/", "Host: evil.test:8420"))
        .startsWith("HTTP/1.1 421 ")
        .contains("\\\"evil.test:8420\\\"", "server.allowed_hosts");
    assertThat(get("/health", "Host: evil.test")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/ready", "Host: evil.test")).startsWith("HTTP/1.1 200 ");
    for (String ours :
        List.of("localhost", "127.0.0.1:1", "[::1]", "test-host", "onex.example.com.")) {
      assertThat(get("/onex/v1/status", "Host: " + ours)).as(ours).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void a_request_with_two_hosts_or_a_strange_one_is_not_served() throws IOException {
    assertThat(get("/metrics", "Host: localhost\r\nHost: evil.test")).startsWith("HTTP/1.1 4");
    assertThat(get("/metrics", "Host: localhost@evil.test")).startsWith("HTTP/1.1 4");
    assertThat(get("/metrics", "Host: 127.0.0.1.evil.com")).startsWith("HTTP/1.1 421 ");
    assertThat(get("http://evil.test/metrics", "Host: localhost")).startsWith("HTTP/1.1 4");
    assertThat(get("//evil.test/metrics", "Host: localhost")).startsWith("HTTP/1.1 4");
  }

  @Test
  void a_page_of_another_site_posts_no_events_and_starts_no_replay() throws IOException {
    String event = "{\"event_type\":\"NODE_START\",\"node_id\":\"n\"}";
    String plain = "Content-Type: text/plain\r\n";
    assertThat(post("/v1/events", plain + "Origin: http://evil.test", event))
        .startsWith("HTTP/1.1 403 ");
    assertThat(post("/v1/events", plain + "Sec-Fetch-Site: cross-site", event))
        .startsWith("HTTP/1.1 403 ");
    assertThat(post("/onex/v1/replay", plain + "Origin: null", "{}")).startsWith("HTTP/1.1 403 ");
    assertThat(post("/onex/v1/why", "Content-Type: application/json\r\nOrigin: null", "{}"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(post("/v1/events", plain + "X-Is: curl", event)).startsWith("HTTP/1.1 202 ");
    assertThat(request("POST", "/v1/events", "Host: any.name\r\n" + plain.strip(), event))
        .as("a sender that knows us by another name")
        .startsWith("HTTP/1.1 202 ");
    assertThat(get("/onex/v1/status", "Host: localhost")).contains("\"accepted\":2");
  }

  @Test
  void our_own_api_takes_json_and_nothing_that_needs_no_preflight() throws IOException {
    String body = "{\"destination\":\"nobody\",\"from\":\"1h\"}";
    for (String path : List.of("/onex/v1/replay", "/onex/v1/dead-letters/replay", "/onex/v1/why")) {
      for (String type :
          List.of(
              "text/plain",
              "application/x-www-form-urlencoded",
              "multipart/form-data; boundary=x",
              "text/plain; application/json",
              "application/jsonp")) {
        assertThat(post(path, "Content-Type: " + type, body))
            .as(type)
            .startsWith("HTTP/1.1 415 ")
            .contains("application/json");
      }
      assertThat(post(path, "X-No: type", body)).startsWith("HTTP/1.1 415 ");
      assertThat(post(path, "Content-Type: Application/JSON; charset=utf-8", body))
          .doesNotStartWith("HTTP/1.1 415 ");
    }
  }

  @Test
  void a_page_of_another_site_gets_no_data_and_may_link_to_the_front_page() throws IOException {
    for (String path : DATA) {
      assertThat(get(path, "Host: localhost\r\nSec-Fetch-Site: cross-site"))
          .as(path)
          .startsWith("HTTP/1.1 403 ");
    }
    assertThat(get("/", "Host: localhost\r\nSec-Fetch-Site: cross-site"))
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("content-security-policy: default-src 'none'")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("referrer-policy: no-referrer")
        .containsIgnoringCase("cross-origin-opener-policy: same-origin");
  }

  @Test
  void no_answer_lets_another_origin_in() throws IOException {
    String origin = "Host: localhost\r\nOrigin: http://evil.test";
    for (String method : List.of("OPTIONS", "GET", "POST", "DELETE")) {
      for (String path : List.of("/", "/health", "/metrics", "/v1/events", "/onex/v1/replay")) {
        assertThat(
                request(method, path, origin + "\r\nAccess-Control-Request-Method: POST", "")
                    .toLowerCase(Locale.ROOT))
            .doesNotContain("access-control");
      }
    }
  }

  private String get(String target, String headers) throws IOException {
    return request("GET", target, headers, "");
  }

  private String post(String target, String headers, String body) throws IOException {
    return request("POST", target, "Host: localhost\r\n" + headers, body);
  }

  private String request(String method, String target, String headers, String body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(10_000);
      String length = method.equals("POST") ? "Content-Length: " + body.length() + "\r\n" : "";
      String head = method + " " + target + " HTTP/1.1\r\n" + headers + "\r\n" + length;
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
