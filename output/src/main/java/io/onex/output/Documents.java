package io.onex.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/// How trees are written for programs: exactly, and with escapes for what a terminal would obey.
final class Documents {
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private final ObjectMapper json = JsonMapper.builder().build();

  private final ObjectMapper yaml = yaml(true);

  String json(JsonNode tree) {
    return Printable.json(tree.toString());
  }

  String prettyJson(JsonNode tree) {
    try {
      return Printable.json(json.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  String yaml(JsonNode tree) {
    try {
      return Printable.yaml(mapper(tree).writeValueAsString(whole(tree))).stripTrailing();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A block of lines has no escapes: one that needs some is in quotes, and so is all beside it.
  private ObjectMapper mapper(JsonNode tree) {
    return hasDelicateLines(tree) ? yaml(false) : yaml;
  }

  private static boolean hasDelicateLines(JsonNode tree) {
    if (tree.isTextual()) {
      return tree.textValue().indexOf('\n') >= 0 && Quoting.isDelicate(tree.textValue());
    }
    for (JsonNode child : tree) {
      if (hasDelicateLines(child)) {
        return true;
      }
    }
    return false;
  }

  /// YAML without the line that begins a document.
  private static ObjectMapper yaml(boolean fewQuotes) {
    return new ObjectMapper(
        YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .configure(YAMLGenerator.Feature.MINIMIZE_QUOTES, fewQuotes)
            .stringQuotingChecker(new Quoting())
            .build());
  }

  /// YAML has no way to write half a surrogate pair: those become U+FFFD.
  private JsonNode whole(JsonNode tree) throws JsonProcessingException {
    String text = tree.toString();
    return HALF.matcher(text).find()
        ? json.readTree(HALF.matcher(text).replaceAll("\uFFFD"))
        : tree;
  }

  /// Quotes what needs escapes, and what a block would not keep to the end.
  private static final class Quoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      return isDelicate(name) || super.needToQuoteName(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return isDelicate(value) || super.needToQuoteValue(value);
    }

    private static boolean isDelicate(String text) {
      return text.endsWith("\n") || !Printable.isPrintable(text.replace("\n", ""));
    }
  }
}
