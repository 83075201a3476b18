/// Redaction and repair before the log, host, environment, labels and look-ups after it.
@NullMarked
package io.onex.enrichment;

import org.jspecify.annotations.NullMarked;
