package io.onex.integration.elk;

import io.onex.config.ConfigLoader;
import io.onex.delivery.Integration;
import io.onex.integration.Services;
import io.onex.log.Record;
import io.onex.testkit.IntegrationContract;
import java.net.URI;
import java.util.List;

class LogstashContractTest implements IntegrationContract {
  private static final String PASSWORD = "password-that-nobody-may-see";

  @Override
  public Integration integration(URI backEnd) throws Exception {
    ElkFactory factory = new ElkFactory();
    String yaml =
        """
        logstash_url: %s
        logstash_username: gateway
        logstash_password: %s
        """
            .formatted(backEnd, PASSWORD);
    return factory.create(ConfigLoader.section(factory.kind().settings(), yaml), Services.plain());
  }

  @Override
  public List<Record> records() {
    return new ElasticsearchContractTest().records();
  }

  @Override
  public List<String> secrets() {
    return List.of(PASSWORD);
  }
}
