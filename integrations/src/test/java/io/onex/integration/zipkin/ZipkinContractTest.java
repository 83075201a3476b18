package io.onex.integration.zipkin;

import io.onex.config.ConfigLoader;
import io.onex.delivery.Integration;
import io.onex.integration.Operations;
import io.onex.integration.Services;
import io.onex.log.Record;
import io.onex.testkit.FakeBackend.Behaviour.Answer;
import io.onex.testkit.FakeBackend.Request;
import io.onex.testkit.IntegrationContract;
import java.net.URI;
import java.util.List;
import java.util.Optional;

class ZipkinContractTest implements IntegrationContract {
  @Override
  public Integration integration(URI backEnd) throws Exception {
    ZipkinFactory factory = new ZipkinFactory();
    return factory.create(
        ConfigLoader.section(factory.kind().settings(), "url: " + backEnd), Services.plain());
  }

  @Override
  public List<Record> records() {
    return List.of(
        Operations.ended(Operations.ID + ",\"operation\":\"a\"}"),
        Operations.ended(Operations.ID + ",\"operation\":\"b\"}"),
        Operations.ended(Operations.ID + ",\"operation\":\"c\"}"));
  }

  @Override
  public Optional<Record> inexpressible() {
    return Optional.of(Operations.ended("{\"trace_id\":null}"));
  }

  /// Zipkin asks for none.
  @Override
  public List<String> secrets() {
    return List.of();
  }

  @Override
  public Answer success(Request request) {
    return Answer.of(202);
  }
}
