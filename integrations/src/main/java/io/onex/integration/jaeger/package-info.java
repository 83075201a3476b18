/// Ended operations as spans, to the Zipkin receiver of Jaeger's collector.
@NullMarked
package io.onex.integration.jaeger;

import org.jspecify.annotations.NullMarked;
