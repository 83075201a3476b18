package io.onex.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a count of at least 0.
final class WholeNumber implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    return Long.valueOf(text);
  }
}
