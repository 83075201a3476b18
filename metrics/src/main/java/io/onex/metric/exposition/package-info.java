/// Metric families as the text that Prometheus and OpenMetrics scrapers read.
@NullMarked
package io.onex.metric.exposition;

import org.jspecify.annotations.NullMarked;
