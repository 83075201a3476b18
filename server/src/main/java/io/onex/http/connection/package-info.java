/// The watch over connections: who has a place, for how long a client is waited for, and the bytes
/// that pass, from accept on and whatever protocol is spoken.
@NullMarked
package io.onex.http.connection;

import org.jspecify.annotations.NullMarked;
