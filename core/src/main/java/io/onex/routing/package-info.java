/// Rules decide which destinations a record goes to.
@NullMarked
package io.onex.routing;

import org.jspecify.annotations.NullMarked;
