/// What the gateway answers about itself and what people may ask of it: status, why, tap, replay.
@NullMarked
package io.onex.api;

import org.jspecify.annotations.NullMarked;
