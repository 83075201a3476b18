package io.onex.integration.elk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import io.onex.testkit.FakeBackend.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/// Stands in for Elasticsearch, after the published contract of the three calls that are made, and
/// strict about them: what the real thing would refuse, it refuses.
final class FakeSearchEngine implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, JsonNode> documents = new ConcurrentHashMap<>();
  final Map<String, JsonNode> templates = new ConcurrentHashMap<>();

  /// Answers to the next requests of any kind, before it behaves again.
  final ConcurrentLinkedQueue<Answer> interruptions = new ConcurrentLinkedQueue<>();

  final FakeBackend backend = new FakeBackend(this::signed);

  /// The requests whose method and target begin so.
  List<Request> requests(String method, String target) {
    return backend.requests().stream()
        .filter(r -> r.method().equals(method) && r.target().startsWith(target))
        .toList();
  }

  @Override
  public void close() {
    backend.close();
  }

  /// As the real thing, signs each answer.
  private Answer signed(Request request) {
    Answer answer = answer(request);
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("X-elastic-product", "Elasticsearch");
    return new Answer(answer.status(), headers, answer.body());
  }

  private Answer answer(Request request) {
    Answer interruption = interruptions.poll();
    if (interruption != null) {
      return interruption;
    }
    String path = request.target().replaceFirst("\\?.*", "");
    try {
      if (request.method().equals("GET") && path.equals("/")) {
        return Answer.json(
            200, "{\"version\":{\"number\":\"8.19.0\",\"build_flavor\":\"default\"}}");
      }
      if (path.startsWith("/_index_template/")) {
        return template(request, path.substring("/_index_template/".length()));
      }
      if (request.method().equals("POST") && path.equals("/_bulk")) {
        return bulk(request);
      }
      return Answer.of(404);
    } catch (IOException e) {
      return Answer.json(400, "{\"error\":{\"type\":\"parse_exception\"},\"status\":400}");
    }
  }

  private Answer template(Request request, String name) throws IOException {
    if (request.method().equals("PUT")) {
      templates.put(name, JSON.readTree(request.body()));
      return Answer.json(200, "{\"acknowledged\":true}");
    }
    JsonNode found = templates.get(name);
    if (found == null) {
      return Answer.json(
          404, "{\"error\":{\"type\":\"resource_not_found_exception\"},\"status\":404}");
    }
    ObjectNode entry = JSON.createObjectNode().put("name", name).set("index_template", found);
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("index_templates").add(entry);
    return Answer.json(200, answer.toString());
  }

  private Answer bulk(Request request) throws IOException {
    if (!request.header("content-type").equals("application/x-ndjson")) {
      return Answer.json(406, "{\"status\":406}");
    }
    String text = text(request);
    if (!text.endsWith("\n")) {
      return Answer.json(
          400, "{\"error\":{\"type\":\"illegal_argument_exception\"},\"status\":400}");
    }
    String[] lines = text.split("\n", -1);
    ArrayNode items = JSON.createArrayNode();
    boolean errors = false;
    for (int i = 0; i + 1 < lines.length; i += 2) {
      JsonNode action = JSON.readTree(lines[i]).required("create");
      String key = action.required("_index").asText() + "/" + action.required("_id").asText();
      JsonNode document = JSON.readTree(lines[i + 1]);
      int status = 201;
      if (document.path("metadata").path("poison").asBoolean()) {
        status = 400;
      } else if (documents.putIfAbsent(key, document) != null) {
        status = 409;
      }
      ObjectNode item = items.addObject().putObject("create").put("status", status);
      if (status != 201) {
        errors = true;
        item.putObject("error")
            .put(
                "type",
                status == 409 ? "version_conflict_engine_exception" : "mapper_parsing_exception")
            .put("reason", "field [x] is bad");
      }
    }
    ObjectNode answer = JSON.createObjectNode().put("errors", errors);
    answer.set("items", items);
    return Answer.json(200, answer.toString());
  }

  static String text(Request request) {
    if (!request.header("content-encoding").equals("gzip")) {
      return request.text();
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
