/// What the machine can do and what a process used.
@NullMarked
package io.onex.bench.machine;

import org.jspecify.annotations.NullMarked;
