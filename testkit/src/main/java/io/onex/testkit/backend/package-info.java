/// Real systems that tests start, each in a process and with a class path of its own, and a way to
/// ask them what they hold.
@NullMarked
package io.onex.testkit.backend;

import org.jspecify.annotations.NullMarked;
