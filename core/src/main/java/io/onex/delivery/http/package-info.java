/// One blocking HTTP exchange, with TLS and limits, for every HTTP destination.
@NullMarked
package io.onex.delivery.http;

import org.jspecify.annotations.NullMarked;
