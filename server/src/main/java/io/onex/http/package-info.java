/// What every endpoint shares: the listeners, the table of routes, and how errors are answered.
@NullMarked
package io.onex.http;

import org.jspecify.annotations.NullMarked;
