package io.onex.integration.zipkin;

import io.onex.config.BatchConfig;
import io.onex.config.DestinationGroup;
import io.onex.config.Field;
import io.onex.config.Fields;
import io.onex.config.KindCatalog;
import io.onex.config.Section;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationFactory;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.http.BaseUrl;
import java.time.Duration;

/// Makes destinations of kind `zipkin`.
public final class ZipkinFactory implements IntegrationFactory {
  private static final Field<BaseUrl> URL =
      Field.required("url", BaseUrl.TYPE, "The server; `/api/v2/spans` is added.");

  private static final KindCatalog.Kind KIND =
      new KindCatalog.Kind(
          "zipkin",
          DestinationGroup.TRACING,
          "Ended operations as spans.",
          Fields.of(URL).renamed("zipkin_url", "url"),
          new BatchConfig(500, BatchConfig.DEFAULT_MAX_BYTES, Duration.ofSeconds(1)));

  @Override
  public KindCatalog.Kind kind() {
    return KIND;
  }

  @Override
  public Integration create(Section settings, IntegrationServices services) {
    return new ZipkinIntegration(
        new ZipkinSettings(settings.get(URL), services.timeout()),
        services.http(),
        services.clock());
  }
}
