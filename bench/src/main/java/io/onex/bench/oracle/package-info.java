/// Who was promised what and who got it; shares no code with the gateway.
@NullMarked
package io.onex.bench.oracle;

import org.jspecify.annotations.NullMarked;
