package io.onex.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.onex.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Writes JSON answers and problems.
public final class Answers {
  static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

  private Answers() {}

  /// Answers with JSON bytes that are already made.
  public static void json(ServerResponse response, int status, byte[] json) {
    response.status(Status.create(status)).header(JSON).send(json);
  }

  /// Answers with the JSON value that `body` writes.
  public static void json(ServerResponse response, int status, Consumer<JsonWriter> body) {
    json(response, status, bytes(body));
  }

  public static void problem(ServerResponse response, Problem problem) {
    problem
        .retryAfter()
        .ifPresent(wait ->
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, wholeSeconds(wait))));
    json(response, problem.status(), bytes(problem));
  }

  /// The problem as the JSON object the client reads.
  static byte[] bytes(Problem problem) {
    return bytes(json ->
        json.beginObject()
            .key("code")
            .text(problem.code())
            .key("message")
            .text(problem.message())
            .key("hint")
            .text(problem.hint())
            .endObject());
  }

  /// The JSON value that `body` writes, and a line end.
  public static byte[] bytes(Consumer<JsonWriter> body) {
    JsonWriter json = new JsonWriter(512);
    body.accept(json);
    return json.newLine().toByteArray();
  }

  public static void text(ServerResponse response, String contentType, String text) {
    response
        .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType))
        .send(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String wholeSeconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
