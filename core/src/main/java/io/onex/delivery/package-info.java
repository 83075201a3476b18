/// The integration SPI and the one loop that drives every destination; the ledger.
@NullMarked
package io.onex.delivery;

import org.jspecify.annotations.NullMarked;
