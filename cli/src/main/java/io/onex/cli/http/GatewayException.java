package io.onex.cli.http;

import com.fasterxml.jackson.databind.JsonNode;

/// A gateway could not be reached or refused. The message says what to do.
public final class GatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  GatewayException(String message, Throwable cause) {
    super(message, cause);
  }

  GatewayException(String message) {
    super(message);
  }

  GatewayException(GatewayClient.Answer answer) {
    super(describe(answer));
  }

  private static String describe(GatewayClient.Answer answer) {
    JsonNode body = answer.body();
    String message = body.path("message").asText("");
    String hint = Hints.forCommandLine(body.path("hint").asText(""));
    return (message.isEmpty() ? "the gateway answered " + answer.status() : message)
        + (hint.isEmpty() ? "" : "; " + hint);
  }
}
