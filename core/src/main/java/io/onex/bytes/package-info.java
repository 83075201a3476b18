/// Stretches of bytes and 128-bit ids: what everything that is read or written is made of.
@NullMarked
package io.onex.bytes;

import org.jspecify.annotations.NullMarked;
