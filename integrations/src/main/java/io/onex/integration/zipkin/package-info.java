/// Ended operations as spans, to Zipkin's v2 HTTP API.
@NullMarked
package io.onex.integration.zipkin;

import org.jspecify.annotations.NullMarked;
