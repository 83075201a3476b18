/// Events become metric families; their state is a fold over the log.
@NullMarked
package io.onex.metric.mapping;

import org.jspecify.annotations.NullMarked;
