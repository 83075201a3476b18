/// What a node said, and how it is read from bytes: the event codec of all three generations.
@NullMarked
package io.onex.event;

import org.jspecify.annotations.NullMarked;
