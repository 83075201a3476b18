package io.onex.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The log cannot append right now. The message says why and what helps.
public final class LogUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public LogUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
