/// Secrets in every form and place, and harmless text that looks like them, to test what is
/// redacted.
@NullMarked
package io.onex.testkit.secret;

import org.jspecify.annotations.NullMarked;
