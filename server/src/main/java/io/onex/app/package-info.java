/// The composition root: the only place that knows all. Makes, starts, reloads and stops a gateway.
@NullMarked
package io.onex.app;

import org.jspecify.annotations.NullMarked;
