package io.onex.integration.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.config.ConfigLoader;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.Integration;
import io.onex.integration.Services;
import io.onex.integration.TestRecords;
import io.onex.log.Record;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.IntegrationContract;
import java.net.URI;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PushgatewayContractTest implements IntegrationContract {
  private static final String PASSWORD = "password-that-nobody-may-see";

  @Override
  public Integration integration(URI backEnd) throws Exception {
    PrometheusFactory factory = new PrometheusFactory();
    String yaml =
        """
        push_gateway: %s
        push_interval: 0s
        username: gateway
        password: %s
        """
            .formatted(backEnd, PASSWORD);
    return factory.create(ConfigLoader.section(factory.kind().settings(), yaml), Services.plain());
  }

  @Override
  public List<Record> records() {
    return LongStream.range(0, 3)
        .mapToObj(offset ->
            TestRecords.event(
                "NODE_START",
                "e-" + offset,
                "n",
                "",
                "",
                TestRecords.INGEST,
                TestRecords.INGEST,
                offset))
        .toList();
  }

  @Override
  public List<String> secrets() {
    return List.of(PASSWORD);
  }

  /// The one point where a push differs: no record stands in it, so a refusal of the exposition is
  /// never one of a record and must not give any up.
  @Override
  @Test
  public void a_request_that_can_never_succeed_is_refused() throws Exception {
    for (int status : new int[] {400, 413, 422}) {
      try (FakeBackend backEnd = FakeBackend.answering(status);
          Integration integration = integration(backEnd.url())) {
        assertThat(integration.send(integration.encode(records(), r -> Slice.EMPTY).payload()))
            .as("HTTP %d", status)
            .isInstanceOf(DeliveryResult.Retryable.class);
      }
    }
  }
}
