package io.onex.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Talks to one gateway, one blocking call at a time.
///
/// It uses HttpURLConnection rather than the newer client because that starts 100 ms faster.
public final class GatewayClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// Of an answer that is no JSON, in characters.
  private static final int MOST_READ = 500;

  /// Of a page that is no answer of a gateway, in characters.
  private static final int MOST_SHOWN = 80;

  private final ObjectMapper json = JsonMapper.builder().build();
  private final URI gateway;
  private final Duration timeout;

  /// @param gateway such as `http://127.0.0.1:8420`
  /// @param timeout longest silence while waiting for an answer
  public GatewayClient(URI gateway, Duration timeout) {
    this.gateway = gateway;
    this.timeout = timeout;
  }

  /// @param member of the answer that no gateway leaves out
  /// @throws GatewayException when there is no answer, it is an error or it is none of a gateway
  public JsonNode get(String path, String member) throws GatewayException {
    return call("GET", path, Map.of(), null, member);
  }

  /// @param member of the answer that no gateway leaves out
  /// @throws GatewayException when there is no answer, it is an error or it is none of a gateway
  public JsonNode post(String path, JsonNode body, String member) throws GatewayException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return call("POST", path, Map.of("Content-Type", "application/json"), bytes, member);
  }

  /// @param member of the answer that no gateway leaves out
  /// @throws GatewayException when there is no answer, it is an error or it is none of a gateway
  public JsonNode delete(String path, String member) throws GatewayException {
    return call("DELETE", path, Map.of(), null, member);
  }

  /// One call whose error answers are returned rather than thrown.
  ///
  /// @throws GatewayException when there is no answer
  public Answer exchange(
      String method, String path, Map<String, String> headers, byte @Nullable [] body)
      throws GatewayException {
    HttpURLConnection connection = null;
    try {
      connection = open(method, path, headers);
      if (body != null) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      int status = connection.getResponseCode();
      String retryAfter = connection.getHeaderField("Retry-After");
      return new Answer(status, read(connection, status), retryAfter == null ? "" : retryAfter);
    } catch (IOException e) {
      throw unreachable(e);
    } finally {
      if (connection != null && connection.getErrorStream() != null) {
        connection.disconnect();
      }
    }
  }

  /// Opens an answer that has no end of its own, such as a tap. The caller closes it.
  ///
  /// @throws GatewayException when there is no answer or it is an error
  public InputStream stream(String path) throws GatewayException {
    try {
      HttpURLConnection connection = open("GET", path, Map.of());
      connection.setReadTimeout(0);
      int status = connection.getResponseCode();
      String type = connection.getContentType();
      boolean json = type == null || type.contains("json");
      if (status != HttpURLConnection.HTTP_OK || !json) {
        throw failed(new Answer(status, read(connection, status), ""));
      }
      return connection.getInputStream();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private JsonNode call(
      String method,
      String path,
      Map<String, String> headers,
      byte @Nullable [] body,
      String member)
      throws GatewayException {
    Answer answer = exchange(method, path, headers, body);
    if (answer.status() >= 300 || !answer.body().has(member)) {
      throw failed(answer);
    }
    return answer.body();
  }

  /// A proxy, a portal or another program may answer whatever it likes, and with 200.
  private GatewayException failed(Answer answer) {
    return answer.status() >= 400
        ? new GatewayException(answer)
        : new GatewayException(
            "what answers at "
                + gateway
                + " is no onex gateway (HTTP "
                + answer.status()
                + beginning(answer.body())
                + "); name the gateway with --gateway, and look for a proxy in between");
  }

  private static String beginning(JsonNode body) {
    String text = body.path("message").asText(body.isEmpty() ? "" : body.toString());
    return text.isEmpty() ? "" : ": " + cut(text, MOST_SHOWN);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private HttpURLConnection open(String method, String path, Map<String, String> headers)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) gateway.resolve(path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json, application/x-ndjson");
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private JsonNode read(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      try {
        JsonNode body = json.readTree(bytes);
        return body.isMissingNode() || body.isNull() ? json.createObjectNode() : body;
      } catch (com.fasterxml.jackson.core.JacksonException e) {
        return json.createObjectNode()
            .put("message", cut(new String(bytes, StandardCharsets.UTF_8), MOST_READ));
      }
    }
  }

  private GatewayException unreachable(IOException cause) {
    String what =
        cause instanceof ConnectException
            ? "no gateway answers at " + gateway
            : cause instanceof UnknownHostException
                ? "the name of " + gateway + " cannot be resolved"
                : "the call to " + gateway + " failed: " + cause.getMessage();
    return new GatewayException(
        what + "; start one with `onex serve`, or name another with --gateway", cause);
  }

  /// What a gateway answered.
  ///
  /// @param status HTTP status
  /// @param body parsed JSON; an object with `message` when it was not JSON
  /// @param retryAfter value of that header, or empty
  public record Answer(int status, JsonNode body, String retryAfter) {}
}
