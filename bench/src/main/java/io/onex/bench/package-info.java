/// `onex bench`: the commands.
@NullMarked
package io.onex.bench;

import org.jspecify.annotations.NullMarked;
