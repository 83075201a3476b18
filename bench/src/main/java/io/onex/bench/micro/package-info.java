/// JMH: one stage of the hot path each, on the events of the series.
@NullMarked
package io.onex.bench.micro;

import org.jspecify.annotations.NullMarked;
