package io.onex.integration.elk;

import io.onex.delivery.http.Authorization;
import io.onex.delivery.http.BaseUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `kind: elk` is told.
///
/// @param logstashUrl where Logstash listens; it then takes the documents
/// @param elasticsearchUrl takes the documents when there is no Logstash; otherwise the engine that
///   the pipeline writes to, where the index template is seen to
/// @param indexPrefix lower case, 1 to 64 of `a-z 0-9 _ . -`, beginning with a letter or digit
/// @param manageTemplate whether to install the index template when it is missing
/// @param gzip whether request bodies are compressed
/// @param logstashAuthorization goes with requests to Logstash
/// @param elasticsearchAuthorization goes with requests to the search engine
record ElkSettings(
    Optional<BaseUrl> logstashUrl,
    Optional<BaseUrl> elasticsearchUrl,
    String indexPrefix,
    boolean manageTemplate,
    boolean gzip,
    Optional<Authorization> logstashAuthorization,
    Optional<Authorization> elasticsearchAuthorization) {
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

  ElkSettings {
    if (logstashUrl.isEmpty() && elasticsearchUrl.isEmpty()) {
      throw new IllegalArgumentException("give logstash_url, elasticsearch_url or both");
    }
    if (!PREFIX.matcher(indexPrefix).matches()) {
      throw new IllegalArgumentException(
          "index_prefix must be lower case letters, digits, '_', '.', '-', beginning with a letter"
              + " or digit");
    }
  }
}
