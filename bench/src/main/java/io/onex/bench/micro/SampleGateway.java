package io.onex.bench.micro;

import io.onex.config.ConfigException;
import io.onex.config.ConfigLoader;
import io.onex.config.GatewayConfig;
import io.onex.config.KindCatalog;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationFactory;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import io.onex.delivery.http.Pieces;
import io.onex.log.Position;
import io.onex.routing.RuleHistory;
import io.onex.routing.RuleSet;
import io.onex.routing.Rules;
import io.onex.routing.TracingRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The rules and the bulk encoder of a first configuration, made as the program makes them.
final class SampleGateway {
  private static final String CONFIG =
      """
      integrations:
        documents: { kind: elk, elasticsearch_url: "http://127.0.0.1:9200" }
        other: { kind: elk, elasticsearch_url: "http://127.0.0.1:9201" }
        traces: { kind: zipkin, url: "http://127.0.0.1:9411" }
      routing:
        rules:
          - { event_types: [NODE_FAILURE], integrations: [documents, other] }
          - { event_types: ["NODE_*"], nodes: ["bench_*"], integrations: [documents] }
          - { event_types: ["TELEMETRY_*"], integrations: [other] }
          - { event_types: [NODE_START, NODE_SUCCESS], integrations: [traces] }
      """;

  private final List<IntegrationFactory> factories =
      ServiceLoader.load(IntegrationFactory.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
  private final GatewayConfig config;

  SampleGateway() throws ConfigException {
    KindCatalog catalog =
        new KindCatalog(factories.stream().map(IntegrationFactory::kind).toList());
    config =
        new ConfigLoader(catalog, name -> Optional.empty())
            .read("bench.yaml", CONFIG, Path.of("."))
            .orThrow();
  }

  RuleSet rules() {
    return RuleSet.restore(Rules.of(config.routing(), config.destinations()), rule -> {});
  }

  /// As they are asked about events that have a part in a span.
  TracingRules tracingRules() {
    RuleHistory history = new RuleHistory(rule -> {});
    history.add(0, Rules.of(config.routing(), config.destinations()));
    return new TracingRules(history);
  }

  Integration bulk() {
    IntegrationFactory elk =
        factories.stream()
            .filter(factory -> factory.kind().name().equals("elk"))
            .findFirst()
            .orElseThrow();
    return elk.create(
        config.destinations().getFirst().settings(),
        new IntegrationServices(
            HotPath.CLOCK, new NoTransport(), Duration.ofSeconds(5), NO_METRICS, "localhost"));
  }

  private static final ExpositionSource NO_METRICS =
      () -> new ExpositionSource.Exposition(Position.START, Pieces.of());

  /// Encoding sends nothing.
  private static final class NoTransport implements HttpTransport {
    @Override
    public HttpAnswer exchange(HttpCall call) throws IOException {
      throw new IOException("nothing is sent while encoding is measured");
    }

    @Override
    public void close() {}
  }
}
