package io.onex.integration.elk;

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
import java.util.Optional;

/// Makes destinations of kind `elk`.
public final class ElkFactory implements IntegrationFactory {
  private static final Field<Optional<BaseUrl>> LOGSTASH_URL =
      Field.optional(
          "logstash_url", BaseUrl.TYPE, "HTTP input of Logstash; it takes the documents.");
  private static final Field<Optional<BaseUrl>> ELASTICSEARCH_URL =
      Field.optional(
          "elasticsearch_url",
          BaseUrl.TYPE,
          "Elasticsearch or OpenSearch; takes the documents unless Logstash does, and the"
              + " template.");
  private static final Field<Optional<String>> USERNAME =
      Field.optional("username", Types.TEXT, "User of `elasticsearch_url`.");
  private static final Field<Optional<Secret>> PASSWORD =
      Field.optional("password", Types.SECRET, "Password of `username`.");
  private static final Field<Optional<Secret>> API_KEY =
      Field.optional("api_key", Types.SECRET, "Encoded API key, instead of user and password.");
  private static final Field<Optional<String>> LOGSTASH_USERNAME =
      Field.optional("logstash_username", Types.TEXT, "User of `logstash_url`.");
  private static final Field<Optional<Secret>> LOGSTASH_PASSWORD =
      Field.optional("logstash_password", Types.SECRET, "Password of `logstash_username`.");
  private static final Field<String> INDEX_PREFIX =
      Field.of(
          "index_prefix",
          Types.TEXT,
          "onex",
          "Indices are PREFIX-events-YYYY.MM.dd and PREFIX-logs-YYYY.MM.dd.");
  private static final Field<Boolean> MANAGE_TEMPLATE =
      Field.of(
          "manage_template",
          Types.BOOLEAN,
          true,
          "Installs the index template PREFIX when there is none.");
  private static final Field<Boolean> GZIP =
      Field.of("gzip", Types.BOOLEAN, false, "Compresses requests; worth it over slow links.");

  private static final KindCatalog.Kind KIND =
      new KindCatalog.Kind(
          "elk",
          DestinationGroup.LOGGING,
          "Events, logs and conclusions as documents, through Logstash or into Elasticsearch or"
              + " OpenSearch.",
          Fields.of(
              LOGSTASH_URL,
              ELASTICSEARCH_URL,
              USERNAME,
              PASSWORD,
              API_KEY,
              LOGSTASH_USERNAME,
              LOGSTASH_PASSWORD,
              INDEX_PREFIX,
              MANAGE_TEMPLATE,
              GZIP),
          new BatchConfig(1_000, BatchConfig.DEFAULT_MAX_BYTES, Duration.ofSeconds(1)),
          Remark.errorsOf(ElkFactory::settings));

  @Override
  public KindCatalog.Kind kind() {
    return KIND;
  }

  @Override
  public Integration create(Section settings, IntegrationServices services) {
    ElkSettings elk = settings(settings);
    Optional<SearchEngine> engine =
        elk.elasticsearchUrl()
            .map(url ->
                new SearchEngine(
                    services.http(), url, elk.elasticsearchAuthorization(), services.timeout()));
    Optional<TemplateInstaller> template =
        engine
            .filter(any -> elk.manageTemplate())
            .map(to -> new TemplateInstaller(to, elk.indexPrefix(), services.clock()));
    if (elk.logstashUrl().isPresent()) {
      return new LogstashIntegration(
          elk.logstashUrl().get(),
          elk,
          services.timeout(),
          services.http(),
          services.clock(),
          template,
          engine);
    }
    return new ElasticsearchIntegration(
        engine.orElseThrow(), elk, services.http(), services.clock(), template);
  }

  private static ElkSettings settings(Section section) {
    if (section.get(API_KEY).isPresent() && section.get(USERNAME).isPresent()) {
      throw new IllegalArgumentException("give username and password, or api_key, not both");
    }
    Optional<Authorization> key =
        section.get(API_KEY).map(secret -> Authorization.token("ApiKey", secret));
    return new ElkSettings(
        section.get(LOGSTASH_URL),
        section.get(ELASTICSEARCH_URL),
        section.get(INDEX_PREFIX),
        section.get(MANAGE_TEMPLATE),
        section.get(GZIP),
        Authorization.basic(
            "logstash_username",
            section.get(LOGSTASH_USERNAME),
            "logstash_password",
            section.get(LOGSTASH_PASSWORD)),
        key.or(() ->
            Authorization.basic(
                "username", section.get(USERNAME), "password", section.get(PASSWORD))));
  }
}
