/// The `onex` command line: parses, calls a gateway over HTTP, prints.
@NullMarked
package io.onex.cli;

import org.jspecify.annotations.NullMarked;
