/// Threads that show that they live, and platform threads for work that would hold a carrier of
/// virtual threads.
@NullMarked
package io.onex.thread;

import org.jspecify.annotations.NullMarked;
