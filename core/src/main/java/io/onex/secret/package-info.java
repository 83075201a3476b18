/// What a secret looks like: names that say so, shapes of tokens, and the forms in which text holds
/// one. Knows no event.
@NullMarked
package io.onex.secret;

import org.jspecify.annotations.NullMarked;
