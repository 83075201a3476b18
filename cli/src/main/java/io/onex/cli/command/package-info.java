/// One class per command.
@NullMarked
package io.onex.cli.command;

import org.jspecify.annotations.NullMarked;
