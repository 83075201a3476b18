/// JSON as bytes: read where it stands, written without a tree.
@NullMarked
package io.onex.json;

import org.jspecify.annotations.NullMarked;
