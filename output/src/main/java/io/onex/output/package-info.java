/// How an outcome is printed: human, table, json, yaml or csv, and the exit code.
@NullMarked
package io.onex.output;

import org.jspecify.annotations.NullMarked;
