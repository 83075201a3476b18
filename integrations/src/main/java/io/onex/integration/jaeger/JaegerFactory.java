package io.onex.integration.jaeger;

import io.onex.config.BatchConfig;
import io.onex.config.DestinationGroup;
import io.onex.config.Field;
import io.onex.config.Fields;
import io.onex.config.KindCatalog;
import io.onex.config.Remark;
import io.onex.config.Section;
import io.onex.config.Types;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationFactory;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.http.BaseUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes destinations of kind `jaeger`.
public final class JaegerFactory implements IntegrationFactory {
  private static final Field<Optional<BaseUrl>> ENDPOINT =
      Field.optional(
          "endpoint",
          BaseUrl.TYPE,
          "Zipkin receiver of the collector, such as `http://jaeger:9411`; `/api/v2/spans` is"
              + " added.");
  private static final Field<Optional<String>> AGENT_HOST =
      Field.optional("agent_host", Types.TEXT, "Host of the collector, instead of `endpoint`.");
  private static final Field<Optional<Integer>> AGENT_PORT =
      Field.optional(
          "agent_port",
          Types.integer(1, 65_535),
          "HTTP port of its Zipkin receiver; 9411 unless given, and instead of the ports of the"
              + " retired agent, 6831 and 6832.");

  private static final KindCatalog.Kind KIND =
      new KindCatalog.Kind(
          "jaeger",
          DestinationGroup.TRACING,
          "Ended operations as spans, to the Zipkin receiver of Jaeger's collector.",
          Fields.of(ENDPOINT, AGENT_HOST, AGENT_PORT),
          new BatchConfig(500, BatchConfig.DEFAULT_MAX_BYTES, Duration.ofSeconds(1)),
          JaegerFactory::review);

  @Override
  public KindCatalog.Kind kind() {
    return KIND;
  }

  @Override
  public Integration create(Section section, IntegrationServices services) {
    return new JaegerIntegration(
        settings(section).collector(), services.timeout(), services.http(), services.clock());
  }

  static JaegerSettings settings(Section section) {
    return JaegerSettings.of(
        section.get(ENDPOINT), section.get(AGENT_HOST), section.get(AGENT_PORT));
  }

  private static List<Remark> review(Section section) {
    List<Remark> remarks = new ArrayList<>(Remark.errorsOf(JaegerFactory::settings).apply(section));
    if (remarks.isEmpty()) {
      section
          .get(AGENT_PORT)
          .filter(JaegerSettings::isAgentPort)
          .ifPresent(port ->
              remarks.add(
                  Remark.warning(
                      AGENT_PORT,
                      "port "
                          + port
                          + " is that of Jaeger's agent, which is retired: spans go to port "
                          + JaegerSettings.ZIPKIN_RECEIVER_PORT
                          + " of that host",
                      "open the Zipkin receiver of the collector there, and write its port")));
    }
    return remarks;
  }
}
