package io.onex.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.webserver.http.ServerRequest;
import io.onex.http.Problem;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// The JSON object that a request brings.
final class JsonRequest {
  private static final int MOST_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode object;

  private JsonRequest(JsonNode object) {
    this.object = object;
  }

  /// @param known names of all members that mean something
  /// @throws io.onex.http.ProblemException when the body is no object or has another member
  static JsonRequest read(ServerRequest request, Set<String> known) throws IOException {
    byte[] body =
        request.content().hasEntity()
            ? request.content().inputStream().readNBytes(MOST_BYTES + 1)
            : new byte[0];
    if (body.length > MOST_BYTES) {
      throw Problem.of(413, "body_too_large", "the request has over 1 MiB", "ask for less")
          .asException();
    }
    JsonNode read;
    try {
      read = JSON.readTree(body);
    } catch (JacksonException e) {
      throw bad("the body is not JSON");
    }
    if (!read.isObject()) {
      throw bad("the body is not a JSON object");
    }
    for (Iterator<String> names = read.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw bad("there is no member " + name + ", only " + String.join(", ", known));
      }
    }
    return new JsonRequest(read);
  }

  Optional<String> text(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull() || value.asText().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  String required(String name) {
    return text(name).orElseThrow(() -> bad("the member " + name + " is missing"));
  }

  boolean flag(String name) {
    return object.path(name).asBoolean(false);
  }

  /// The texts of an array; empty when it is absent.
  Optional<java.util.List<String>> texts(String name) {
    JsonNode value = object.path(name);
    if (!value.isArray()) {
      return Optional.empty();
    }
    java.util.List<String> texts = new java.util.ArrayList<>();
    value.forEach(item -> texts.add(item.asText()));
    return Optional.of(texts);
  }

  private static RuntimeException bad(String message) {
    return Problem.badRequest(message, "docs/reference/http-api.md shows what it looks like")
        .asException();
  }
}
