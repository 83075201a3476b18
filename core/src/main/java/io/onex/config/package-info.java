/// YAML with positions to typed settings: substitution, errors that name file, line and path.
@NullMarked
package io.onex.config;

import org.jspecify.annotations.NullMarked;
