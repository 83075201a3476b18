package io.onex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import io.onex.testkit.FakeBackend.Request;
import io.onex.testkit.backend.Api;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands in for Logstash, which no registry offers: does with a request what the seed's pipeline
/// does, from its HTTP input to its Elasticsearch output, and refuses what its `json` codec would
/// fail to parse. A document goes to `onex-events-` and the day of `@timestamp`, under an id of
/// OpenSearch's own, as the seed has no `document_id`.
final class StandInLogstash implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api openSearch;
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final FakeBackend input = new FakeBackend(this::take);

  StandInLogstash(int openSearchPort) {
    openSearch = new Api(openSearchPort);
  }

  URI url() {
    return input.url();
  }

  /// What real Logstash would have made `_jsonparsefailure` of, or could not deliver.
  List<String> refused() {
    return List.copyOf(refused);
  }

  private Answer take(Request request) {
    try {
      JsonNode events = JSON.readTree(request.body());
      if (!request.method().equals("POST")
          || !request.header("content-type").startsWith("application/json")
          || !events.isArray()) {
        refused.add(request.method() + " " + request.header("content-type"));
        return Answer.of(200);
      }
      StringBuilder bulk = new StringBuilder();
      for (JsonNode event : events) {
        String day = event.get("@timestamp").asText().substring(0, 10).replace('-', '.');
        ObjectNode action = JSON.createObjectNode();
        action.putObject("index").put("_index", "onex-events-" + day);
        bulk.append(action).append('\n').append(event).append('\n');
      }
      JsonNode answer = openSearch.post("/_bulk", bulk.toString());
      if (answer.path("errors").asBoolean(true)) {
        refused.add(answer.toString());
      }
      return Answer.of(200);
    } catch (IOException e) {
      refused.add(e.toString());
      return Answer.of(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.of(503);
    }
  }

  @Override
  public void close() {
    input.close();
    openSearch.close();
  }
}
