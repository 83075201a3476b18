/// Records and lines that were given up, kept to be looked at and sent again.
@NullMarked
package io.onex.log.deadletter;

import org.jspecify.annotations.NullMarked;
