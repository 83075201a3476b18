/// Counting back ends on real sockets.
@NullMarked
package io.onex.bench.sink;

import org.jspecify.annotations.NullMarked;
