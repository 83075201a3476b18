/// Events, logs and conclusions as documents, through Logstash or straight into Elasticsearch or
/// OpenSearch.
@NullMarked
package io.onex.integration.elk;

import org.jspecify.annotations.NullMarked;
