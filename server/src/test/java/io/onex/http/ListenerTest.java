package io.onex.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private Listener listener;

  @BeforeEach
  void start() {
    listener =
        TestListener.start(
            List.of(
                Route.get(
                    "/things/{+id}",
                    "one thing",
                    (req, res) ->
                        Answers.json(
                            res,
                            200,
                            json ->
                                json.beginObject()
                                    .key("id")
                                    .text(req.path().pathParameters().get("id"))
                                    .endObject())),
                Route.post(
                    "/busy",
                    "always busy",
                    (req, res) -> {
                      throw Problem.of(503, "busy", "too much to do", "come back")
                          .after(Duration.ofMillis(1200))
                          .asException();
                    }),
                Route.get("/onex/v1/list", "a list", (req, res) -> res.send("[]"))
                    .taking("limit", "reason"),
                Route.get(
                    "/bug",
                    "fails",
                    (req, res) -> {
                      throw new IllegalStateException("a secret detail");
                    })));
  }

  @AfterEach
  void stop() {
    listener.close();
    client.close();
  }

  @Test
  void a_route_answers_with_the_parameters_of_its_path() throws Exception {
    HttpResponse<String> answer = send("GET", "/things/a%2Fb");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("id").asText()).isEqualTo("a/b");
  }

  @Test
  void a_problem_is_json_with_code_message_and_hint_and_says_when_to_come_back() throws Exception {
    HttpResponse<String> answer = send("POST", "/busy");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(json(answer).get("code").asText()).isEqualTo("busy");
    assertThat(json(answer).get("message").asText()).isEqualTo("too much to do");
    assertThat(json(answer).get("hint").asText()).isEqualTo("come back");
  }

  @Test
  void head_is_answered_as_get_without_the_body() throws IOException {
    String answer = raw("HEAD /things/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: application/json")
        .containsIgnoringCase("content-length: 11")
        .endsWith("\r\n\r\n")
        .doesNotContain("\"id\"");
    assertThat(raw("HEAD /bug HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 500")
        .doesNotContain("internal");
    assertThat(raw("HEAD /busy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .as("what answers POST only")
        .startsWith("HTTP/1.1 405");
  }

  @Test
  void one_connection_takes_a_request_after_head() throws IOException {
    String answers =
        raw(
            "HEAD /things/1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /things/2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answers).contains("{\"id\":\"2\"}").doesNotContain("{\"id\":\"1\"}");
  }

  @Test
  void our_own_api_refuses_a_parameter_it_does_not_know_and_names_the_one_that_was_meant()
      throws Exception {
    HttpResponse<String> answer = send("GET", "/onex/v1/list?limt=3");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("code").asText()).isEqualTo("unknown_parameter");
    assertThat(json(answer).get("message").asText()).isEqualTo("there is no parameter limt");
    assertThat(json(answer).get("hint").asText()).isEqualTo("did you mean limit?");
    assertThat(json(send("GET", "/onex/v1/list?x=3")).get("hint").asText())
        .isEqualTo("use limit, reason");
    assertThat(send("GET", "/onex/v1/list?limit=3&reason=").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/things/1?whatever=3").statusCode())
        .as("what others define")
        .isEqualTo(200);
  }

  @Test
  void the_wrong_method_is_answered_with_the_right_ones() throws Exception {
    HttpResponse<String> answer = send("DELETE", "/busy");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertThat(json(answer).get("code").asText()).isEqualTo("method_not_allowed");
  }

  @Test
  void an_unknown_path_is_a_problem_too() throws Exception {
    HttpResponse<String> answer = send("GET", "/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).get("code").asText()).isEqualTo("not_found");
  }

  @Test
  void a_bug_is_answered_without_its_details() throws Exception {
    HttpResponse<String> answer = send("GET", "/bug");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(json(answer).get("code").asText()).isEqualTo("internal");
    assertThat(answer.body()).doesNotContain("secret detail");
  }

  @Test
  void what_is_not_http_is_answered_with_json() throws IOException {
    assertThat(raw("GET /things/1 HTTP/1.1\r\nHost: a b c\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"bad_http_request\"");
  }

  /// All that is answered to these bytes.
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(answer.body());
  }
}
