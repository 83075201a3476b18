/// Append-only files of checksummed frames beside the log, and what became of each record.
@NullMarked
package io.onex.log.journal;

import org.jspecify.annotations.NullMarked;
