/// A gateway in a process of its own: start, ask, kill.
@NullMarked
package io.onex.bench.gateway;

import org.jspecify.annotations.NullMarked;
