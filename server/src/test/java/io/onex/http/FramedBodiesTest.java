package io.onex.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.app.LoggedLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a body is framed: RFC 9112, sections 6 and 7.
class FramedBodiesTest {
  private static final String HEAD = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String NEXT =
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnext";

  private Listener listener;

  @BeforeEach
  void start() {
    listener =
        TestListener.start(
            List.of(
                Route.post(
                    "/echo",
                    "the body",
                    (req, res) ->
                        res.send(
                            req.content().hasEntity()
                                ? req.content().inputStream().readAllBytes()
                                : new byte[0])),
                Route.post(
                    "/refuse",
                    "never reads",
                    (req, res) -> {
                      throw Problem.badRequest("no", "never").asException();
                    })));
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\n0123456789\r\n0\r\n\r\n",
        "A\r\n0123456789\r\n0\r\n\r\n",
        "000000000000000000000a\r\n0123456789\r\n0000\r\n\r\n",
        "5;a\r\n01234\r\n5;b=c;d=\"e;f\"\r\n56789\r\n0;last\r\n\r\n",
        "5 ; a\r\n01234\r\n5\t\r\n56789\r\n0 \r\n\r\n",
        "a\r\n0123456789\r\n0\r\nChecksum: 1\r\nX: 2\r\n\r\n",
        "1\r\n0\r\n9\r\n123456789\r\n0\r\n\r\n"
      })
  void a_chunked_body_is_what_its_chunks_hold_whatever_else_they_say(String body) throws Exception {
    String answers = talk(List.of(CHUNKED + body + NEXT));
    assertThat(answers).contains("\r\n\r\n0123456789HTTP/1.1 200").endsWith("next");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+a\r\n0123456789\r\n0\r\n\r\n",
        "-a\r\n0123456789\r\n0\r\n\r\n",
        "0xa\r\n0123456789\r\n0\r\n\r\n",
        " a\r\n0123456789\r\n0\r\n\r\n",
        "\r\n0123456789\r\n0\r\n\r\n",
        "g\r\n0123456789\r\n0\r\n\r\n",
        "a a\r\n0123456789\r\n0\r\n\r\n",
        "a,b\r\n0123456789\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n0123456789\r\n0\r\n\r\n",
        "9\r\n0123456789\r\n0\r\n\r\n",
        "b\r\n0123456789\r\n0\r\n\r\n",
        "a\n0123456789\r\n0\r\n\r\n",
        "a\r\n0123456789\n0\r\n\r\n"
      })
  void a_malformed_chunk_is_answered_once_with_400_and_nothing_after_it_is_a_request(String body)
      throws Exception {
    try (LoggedLines logged = new LoggedLines()) {
      String answers = talk(List.of(CHUNKED + body + NEXT));
      assertThat(answers).startsWith("HTTP/1.1 400 ").doesNotContain("next");
      assertThat(answers.split("HTTP/1\\.1 ", -1)).as("one answer").hasSize(2);
      assertThat(logged.text()).doesNotContain("ERROR").doesNotContain("WARN");
    }
  }

  @Test
  void extensions_and_trailers_are_passed_over_only_up_to_a_limit() throws Exception {
    String extension = ";" + "e".repeat(3000);
    String many = ("1" + extension + "\r\nx\r\n").repeat(20) + "0\r\n\r\n";
    assertThat(talk(List.of(CHUNKED + many + NEXT))).startsWith("HTTP/1.1 400 ");
    String trailers = "1\r\nx\r\n0\r\n" + ("T: " + "t".repeat(3000) + "\r\n").repeat(20) + "\r\n";
    assertThat(talk(List.of(CHUNKED + trailers + NEXT))).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD + "Content-Length: 100\r\n\r\nonly this",
        HEAD + "Content-Length: 1\r\n\r\n",
        CHUNKED + "a\r\n01234",
        CHUNKED + "a\r\n0123456789\r\n",
        CHUNKED + "a\r\n0123456789\r\n0\r\n",
        CHUNKED
      })
  void a_body_that_is_cut_off_is_a_400_and_no_error_of_ours(String request) throws Exception {
    try (LoggedLines logged = new LoggedLines()) {
      assertThat(talk(List.of(request))).startsWith("HTTP/1.1 400 ").contains("\"body_cut_off\"");
      assertThat(logged.text()).doesNotContain("ERROR").doesNotContain("WARN");
    }
  }

  @Test
  void a_client_that_leaves_at_any_byte_of_a_request_causes_no_log_line() throws Exception {
    String request = CHUNKED + "5;x=y\r\n01234\r\n0\r\nT: u\r\n\r\n";
    try (LoggedLines logged = new LoggedLines()) {
      for (int bytes = 0; bytes < request.length(); bytes++) {
        String answer = talk(List.of(request.substring(0, bytes)));
        assertThat(answer).as("after %d bytes", bytes).doesNotContain(" 500 ");
      }
      assertThat(logged.text()).doesNotContain("ERROR").doesNotContain("WARN");
    }
  }

  @Test
  void a_body_is_the_same_however_it_is_cut_into_chunks_and_packets() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("FramedBodiesTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      String body = "x".repeat(random.nextInt(200_000)) + round;
      StringBuilder request = new StringBuilder(CHUNKED);
      for (int at = 0; at < body.length(); ) {
        int piece = Math.min(body.length() - at, 1 + random.nextInt(60_000));
        request.append(Integer.toHexString(piece)).append(random.nextBoolean() ? ";e" : "");
        request.append("\r\n").append(body, at, at + piece).append("\r\n");
        at += piece;
      }
      request.append("0\r\n\r\n").append(NEXT);
      List<String> packets = new java.util.ArrayList<>();
      for (int at = 0; at < request.length(); ) {
        int end = Math.min(request.length(), at + 1 + random.nextInt(20_000));
        packets.add(request.substring(at, end));
        at = end;
      }
      assertThat(talk(packets)).as("seed " + seed).contains(body).endsWith("next");
    }
  }

  @Test
  void an_answer_can_be_read_although_the_body_nobody_wants_is_still_coming() throws Exception {
    String head = "POST /refuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n";
    for (int round = 0; round < 20; round++) {
      String answer = talk(List.of(head + "x".repeat(2_999_999)));
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"message\":\"no\"");
    }
  }

  /// All that is answered to these packets.
  private String talk(List<String> packets) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      for (String packet : packets) {
        socket.getOutputStream().write(packet.getBytes(StandardCharsets.US_ASCII));
      }
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
