package io.onex.integration.prometheus;

import io.onex.config.BatchConfig;
import io.onex.config.DestinationGroup;
import io.onex.config.Field;
import io.onex.config.Fields;
import io.onex.config.KindCatalog;
import io.onex.config.Remark;
import io.onex.config.Secret;
import io.onex.config.Section;
import io.onex.config.Types;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationFactory;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.http.Authorization;
import io.onex.delivery.http.BaseUrl;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Makes destinations of kind `prometheus`.
public final class PrometheusFactory implements IntegrationFactory {
  private static final Field<Optional<BaseUrl>> ENDPOINT =
      Field.optional(
          "endpoint", BaseUrl.TYPE, "The Prometheus that scrapes the gateway; it is only probed.");
  private static final Field<Optional<BaseUrl>> PUSH_GATEWAY =
      Field.optional("push_gateway", BaseUrl.TYPE, "A Pushgateway; without it nothing is pushed.");
  private static final Field<String> JOB =
      Field.of("job", Types.TEXT, "onex", "Label `job` of the pushed group.");
  private static final Field<Optional<String>> INSTANCE =
      Field.optional(
          "instance", Types.TEXT, "Label `instance` of the pushed group; the host unless given.");
  private static final Field<Duration> PUSH_INTERVAL =
      Field.of(
          "push_interval",
          Types.DURATION_OR_ZERO,
          Duration.ofSeconds(15),
          "Least time between two pushes.");
  private static final Field<Optional<String>> USERNAME =
      Field.optional("username", Types.TEXT, "User of `push_gateway`.");
  private static final Field<Optional<Secret>> PASSWORD =
      Field.optional("password", Types.SECRET, "Password of `username`.");

  private static final KindCatalog.Kind KIND =
      new KindCatalog.Kind(
          "prometheus",
          DestinationGroup.METRICS,
          "The metrics about events, pushed to a Pushgateway when rules send records here.",
          Fields.of(ENDPOINT, PUSH_GATEWAY, JOB, INSTANCE, PUSH_INTERVAL, USERNAME, PASSWORD),
          new BatchConfig(10_000, BatchConfig.DEFAULT_MAX_BYTES, Duration.ofSeconds(1)),
          Remark.errorsOf(PrometheusFactory::authorization));

  @Override
  public KindCatalog.Kind kind() {
    return KIND;
  }

  @Override
  public Integration create(Section section, IntegrationServices services) {
    PrometheusSettings settings =
        new PrometheusSettings(
            section.get(ENDPOINT),
            section.get(PUSH_GATEWAY),
            section.get(JOB),
            section.get(INSTANCE).orElse(services.host()),
            section.get(PUSH_INTERVAL),
            services.timeout());
    Optional<Authorization> authorization = authorization(section);
    Optional<PushedGroup> group =
        settings
            .pushGateway()
            .map(url ->
                new PushedGroup(
                    url.at(GroupPath.of(settings.job(), Map.of("instance", settings.instance()))),
                    authorization,
                    settings.interval(),
                    settings.timeout(),
                    services.http(),
                    services.exposition(),
                    services.clock(),
                    Thread::sleep));
    return new PrometheusIntegration(settings, services.http(), group);
  }

  private static Optional<Authorization> authorization(Section section) {
    return Authorization.basic(
        "username", section.get(USERNAME), "password", section.get(PASSWORD));
  }
}
