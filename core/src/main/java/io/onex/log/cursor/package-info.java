/// Where each destination stands, and its ledger, in one journal.
@NullMarked
package io.onex.log.cursor;

import org.jspecify.annotations.NullMarked;
