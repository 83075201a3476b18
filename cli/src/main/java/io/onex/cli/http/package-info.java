/// One blocking call to a gateway.
@NullMarked
package io.onex.cli.http;

import org.jspecify.annotations.NullMarked;
