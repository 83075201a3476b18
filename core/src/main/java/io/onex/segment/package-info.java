/// Append-only segment files: framing, checksums, recovery. Every durable thing is made of them.
@NullMarked
package io.onex.segment;

import org.jspecify.annotations.NullMarked;
