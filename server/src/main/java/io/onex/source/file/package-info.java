/// Tails NDJSON files: lines become records exactly once, across rotation, truncation and restarts.
@NullMarked
package io.onex.source.file;

import org.jspecify.annotations.NullMarked;
