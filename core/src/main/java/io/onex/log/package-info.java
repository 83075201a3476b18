/// The one durable log: records, positions, cursors, checkpoints, dead letters, the event-id index.
@NullMarked
package io.onex.log;

import org.jspecify.annotations.NullMarked;
