/// State that is a function of the log: folds, their checkpoints and the thread that drives them.
@NullMarked
package io.onex.log.fold;

import org.jspecify.annotations.NullMarked;
