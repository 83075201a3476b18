package io.onex.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Kinds as integrations declare them, so that core can be tested without integrations.
public final class TestKinds {
  public static final Field<Optional<URI>> ENDPOINT =
      Field.optional("endpoint", Types.HTTP_URI, "The Prometheus that scrapes.");
  public static final Field<Optional<URI>> PUSH_GATEWAY =
      Field.optional("push_gateway", Types.HTTP_URI, "The Pushgateway.");
  public static final Field<URI> LOGSTASH_URL =
      Field.required("logstash_url", Types.HTTP_URI, "Address of the HTTP input.");
  public static final Field<Optional<Secret>> PASSWORD =
      Field.optional("password", Types.SECRET, "Password.");
  public static final Field<URI> URL =
      Field.required("url", Types.HTTP_URI, "Address of the collector.");

  private TestKinds() {}

  public static KindCatalog catalog() {
    return new KindCatalog(
        List.of(
            kind("prometheus", DestinationGroup.METRICS, Fields.of(ENDPOINT, PUSH_GATEWAY)),
            kind("elk", DestinationGroup.LOGGING, Fields.of(LOGSTASH_URL, PASSWORD)),
            kind("zipkin", DestinationGroup.TRACING, Fields.of(URL).renamed("zipkin_url", "url"))));
  }

  private static KindCatalog.Kind kind(String name, DestinationGroup group, Fields settings) {
    return new KindCatalog.Kind(
        name,
        group,
        "A kind for tests.",
        settings,
        new BatchConfig(500, BatchConfig.DEFAULT_MAX_BYTES, Duration.ofSeconds(1)));
  }
}
