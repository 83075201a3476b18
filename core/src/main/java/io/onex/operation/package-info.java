/// A START and its END become one operation: pairing, durations, in-flight, stuck.
@NullMarked
package io.onex.operation;

import org.jspecify.annotations.NullMarked;
