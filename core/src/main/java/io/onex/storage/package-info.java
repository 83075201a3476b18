/// The one seam for durable I/O: real files, injected faults, simulated power cuts.
@NullMarked
package io.onex.storage;

import org.jspecify.annotations.NullMarked;
