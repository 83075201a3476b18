/// The clocks the program is given; nothing in it reads one by itself.
@NullMarked
package io.onex.time;

import org.jspecify.annotations.NullMarked;
