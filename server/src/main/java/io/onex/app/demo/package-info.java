/// A small fleet of pretend nodes that post real-looking events, for `--demo`.
@NullMarked
package io.onex.app.demo;

import org.jspecify.annotations.NullMarked;
