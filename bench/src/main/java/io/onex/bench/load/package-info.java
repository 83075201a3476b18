/// Events whose every byte follows from a number, and the connections that send them.
@NullMarked
package io.onex.bench.load;

import org.jspecify.annotations.NullMarked;
