/// One class per measurement.
@NullMarked
package io.onex.bench.run;

import org.jspecify.annotations.NullMarked;
