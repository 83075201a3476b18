/// Replays that were asked for: stretches of the log, or dead letters, to be sent again.
@NullMarked
package io.onex.log.replay;

import org.jspecify.annotations.NullMarked;
