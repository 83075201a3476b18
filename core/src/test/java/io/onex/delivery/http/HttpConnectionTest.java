package io.onex.delivery.http;

import static io.onex.delivery.http.ScriptedServer.request;
import static io.onex.delivery.http.ScriptedServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.config.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How answers are framed and connections are kept, on the wire (RFC 9112).
class HttpConnectionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private BlockingHttpTransport transport;

  @BeforeEach
  void open() throws IOException {
    transport = new BlockingHttpTransport(HttpSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void chunks_are_joined_and_the_connection_is_kept() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          while (!request(in).isEmpty()) {
            say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            say(out, "5;a=b\r\nhello\r\n1\r\n \r\nA\r\n0123456789\r\n0\r\nX-Trailer: t\r\n\r\n");
          }
        })) {
      assertThat(post(server).body().utf8()).isEqualTo("hello 0123456789");
      assertThat(post(server).body().utf8()).isEqualTo("hello 0123456789");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void interim_answers_are_passed_over() throws Exception {
    try (ScriptedServer server =
        answering(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK)) {
      assertThat(post(server).body().utf8()).isEqualTo("ok");
    }
  }

  @Test
  void a_body_without_length_ends_with_the_connection() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          request(in);
          say(out, "HTTP/1.1 200 OK\r\n\r\nall of it");
        })) {
      assertThat(post(server).body().utf8()).isEqualTo("all of it");
      assertThat(post(server).body().utf8()).isEqualTo("all of it");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 204 Gone quiet\r\n\r\n", "HTTP/1.1 304 x\r\nETag: a\r\n\r\n"})
  void an_answer_that_has_no_body_is_complete_without_one(String answer) throws Exception {
    try (ScriptedServer server = answering(answer)) {
      assertThat(post(server).body().isEmpty()).isTrue();
      assertThat(post(server).body().isEmpty()).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"
      })
  void a_connection_that_the_server_means_to_close_is_not_used_again(String answer)
      throws Exception {
    try (ScriptedServer server = answering(answer)) {
      post(server);
      post(server);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_kept_connection_that_was_closed_meanwhile_is_replaced_unnoticed() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          request(in);
          say(out, OK);
        })) {
      for (int i = 1; i <= 3; i++) {
        assertThat(post(server).status()).isEqualTo(200);
        server.awaitClosed();
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void what_follows_an_answer_unasked_is_not_taken_for_the_next() throws Exception {
    try (ScriptedServer server = answering(OK + "HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(post(server).status()).isEqualTo(200);
      assertThat(post(server).status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void an_answer_given_before_the_whole_request_was_read_is_the_answer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          in.readNBytes(1000);
          say(out, "HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n");
          // Reads on, so that the answer is not torn down by what is still on its way.
          in.readAllBytes();
        })) {
      Slice part = Slice.of(new byte[1 << 20]);
      HttpCall large = call(server.uri(), Map.of(), Collections.nCopies(4, part));

      assertThat(transport.exchange(large).status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 O",
        ""
      })
  void what_is_no_complete_answer_fails_with_words(String answer) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          request(in);
          say(out, answer);
        })) {
      assertThatThrownBy(() -> post(server))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("exchange with 127.0.0.1:")
          .hasMessageContaining(" failed: the ");
    }
  }

  @Test
  void headers_without_end_are_not_read_for_ever() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          request(in);
          say(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            say(out, "X-More: and more and more\r\n");
          }
        })) {
      assertThatThrownBy(() -> post(server)).hasMessageContaining("too long");
    }
  }

  @Test
  void chunks_over_the_limit_fail_the_exchange() throws Exception {
    try (ScriptedServer server =
            answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n");
        BlockingHttpTransport small =
            new BlockingHttpTransport(
                new HttpSettings(TlsConfig.DEFAULT, Duration.ofSeconds(5), 10, "t"))) {
      assertThatThrownBy(() -> small.exchange(call(server.uri(), Map.of(), List.of())))
          .hasMessageContaining("longer than 10 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000", "caf\u0113"})
  void a_header_that_would_not_stay_on_its_line_is_not_sent_and_not_repeated(String value)
      throws Exception {
    try (ScriptedServer server = answering(OK)) {
      assertThatThrownBy(() ->
              transport.exchange(call(server.uri(), Map.of("Authorization", value), List.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Authorization")
          .message()
          .doesNotContain(value);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void the_timeout_covers_a_request_that_nobody_reads() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        })) {
      HttpCall stuck =
          new HttpCall(
              "POST",
              server.uri(),
              Map.of(),
              Collections.nCopies(64, Slice.of(new byte[1 << 20])),
              Duration.ofMillis(300));
      assertThatThrownBy(() -> transport.exchange(stuck)).hasMessageContaining("PT0.3S");
      over.countDown();
    }
  }

  @Test
  void path_and_query_are_sent_as_they_stand() throws Exception {
    String[] line = new String[1];
    try (ScriptedServer server =
        new ScriptedServer((number, in, out) -> {
          line[0] = request(in);
          say(out, OK);
        })) {
      transport.exchange(
          call(
              server.uri().resolve("/a%20b/_bulk?filter_path=items.*.status"),
              Map.of(),
              List.of()));

      assertThat(line[0])
          .startsWith("POST /a%20b/_bulk?filter_path=items.*.status HTTP/1.1\r\n")
          .contains("\r\nHost: 127.0.0.1:" + server.uri().getPort() + "\r\n")
          .contains("\r\nContent-Length: 0\r\n");
    }
  }

  @Test
  void after_it_was_closed_nothing_is_sent() throws Exception {
    try (ScriptedServer server = answering(OK)) {
      transport.close();

      assertThatThrownBy(() -> post(server)).isInstanceOf(IOException.class);
      assertThat(server.connections()).isZero();
    }
  }

  private static ScriptedServer answering(String answer) throws IOException {
    return new ScriptedServer((number, in, out) -> {
      while (!request(in).isEmpty()) {
        say(out, answer);
      }
    });
  }

  private HttpAnswer post(ScriptedServer server) throws IOException, InterruptedException {
    return transport.exchange(call(server.uri(), Map.of(), List.of(Slice.utf8("body"))));
  }

  private static HttpCall call(URI uri, Map<String, String> headers, List<Slice> body) {
    return new HttpCall("POST", uri, headers, body, Duration.ofSeconds(10));
  }
}
