package io.onex.integration.elk;

import static io.onex.integration.TestRecords.event;

import io.onex.config.ConfigLoader;
import io.onex.delivery.Integration;
import io.onex.integration.Services;
import io.onex.log.Record;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import io.onex.testkit.FakeBackend.Request;
import io.onex.testkit.IntegrationContract;
import java.net.URI;
import java.util.List;
import java.util.Optional;

class ElasticsearchContractTest implements IntegrationContract {
  private static final String PASSWORD = "password-that-nobody-may-see";
  private static final String AT = "2026-11-22T09:44:10Z";

  @Override
  public Integration integration(URI backEnd) throws Exception {
    ElkFactory factory = new ElkFactory();
    // The template is a conversation of its own, see ElasticsearchIntegrationTest.
    String yaml =
        """
        elasticsearch_url: %s
        username: gateway
        password: %s
        manage_template: false
        """
            .formatted(backEnd, PASSWORD);
    return factory.create(ConfigLoader.section(factory.kind().settings(), yaml), Services.plain());
  }

  @Override
  public List<Record> records() {
    return List.of(
        event("NODE_START", "e-1", "n", "c", "{\"a\":1}", AT),
        event("NODE_SUCCESS", "e-2", "n", "c", "{\"duration_ms\":12}", AT),
        event("NODE_FAILURE", "e-3", "n", "c", "{\"error\":\"no disk\"}", AT));
  }

  @Override
  public List<String> secrets() {
    return List.of(PASSWORD);
  }

  @Override
  public Answer success(Request request) {
    return Answer.json(200, "{\"errors\":false,\"items\":[]}");
  }

  @Override
  public Optional<Answer> secondRefused(Request request) {
    String taken = "{\"create\":{\"status\":201}}";
    String refused =
        "{\"create\":{\"status\":400,\"error\":{\"type\":\"mapper_parsing_exception\"}}}";
    return Optional.of(
        Answer.json(
            200, "{\"errors\":true,\"items\":[" + String.join(",", taken, refused, taken) + "]}"));
  }
}
