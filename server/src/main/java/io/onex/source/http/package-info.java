/// Events over HTTP: reading a request, taking its events in, answering.
@NullMarked
package io.onex.source.http;

import org.jspecify.annotations.NullMarked;
