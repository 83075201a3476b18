/// Spans in Zipkin's JSON v2, which Zipkin and Jaeger take.
@NullMarked
package io.onex.wire.zipkin;

import org.jspecify.annotations.NullMarked;
