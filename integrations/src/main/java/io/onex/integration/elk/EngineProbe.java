package io.onex.integration.elk;

import io.onex.delivery.Integration.Probe;
import io.onex.delivery.http.HttpAnswer;
import io.onex.json.JsonFields;
import java.io.IOException;

/// Asks a search engine for its version.
final class EngineProbe {
  private EngineProbe() {}

  static Probe of(SearchEngine engine) throws InterruptedException {
    try {
      return of(engine, engine.get("/"));
    } catch (IOException e) {
      return new Probe.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private static Probe of(SearchEngine engine, HttpAnswer answer) {
    if (answer.status() == 401 || answer.status() == 403) {
      return new Probe.Unreachable(
          engine.where() + " refuses the credentials: HTTP " + answer.status());
    }
    if (answer.status() != 200) {
      return new Probe.Unreachable(engine.where() + " answers HTTP " + answer.status());
    }
    String number = JsonFields.text(JsonFields.find(answer.body(), "version", "number"));
    return number.isEmpty()
        ? new Probe.Unreachable(engine.where() + " is no Elasticsearch or OpenSearch")
        : new Probe.Reachable(
            (Flavour.of(answer.body()) == Flavour.OPENSEARCH ? "OpenSearch " : "Elasticsearch ")
                + number);
  }
}
