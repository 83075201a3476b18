/// Metric families as data: labels, series with a budget, and immutable snapshots of them.
@NullMarked
package io.onex.metric.model;

import org.jspecify.annotations.NullMarked;
