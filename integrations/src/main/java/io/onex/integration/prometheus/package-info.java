/// The metrics about events, pushed to a Pushgateway. Being scraped is the server's part.
@NullMarked
package io.onex.integration.prometheus;

import org.jspecify.annotations.NullMarked;
