package io.onex.source.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.onex.bytes.Slice;
import io.onex.http.Problem;
import io.onex.json.JsonWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A CloudEvent in binary mode: attributes in `ce-` headers, the data as body (CloudEvents 1.0.2,
/// HTTP protocol binding, section 3.1). It is put together as a structured one.
///
/// @param attributes by name
/// @param dataType the value of `Content-Type`, empty when there is none
record BinaryCloudEvent(Map<String, String> attributes, String dataType) {
  private static final HeaderName SPEC_VERSION = HeaderNames.create("ce-specversion");
  private static final String PREFIX = "ce-";
  private static final String STRUCTURED = "application/cloudevents";
  private static final int MOST_ATTRIBUTES = 50;

  /// The byte order mark in UTF-8.
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /// Lower-case letters and digits (CloudEvents 1.0.2, "Naming Conventions").
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  /// Of what else than JSON data can be a text.
  private static final Pattern TEXT = Pattern.compile("text/.*|application/xml|.*\\+xml");

  /// Whether a request is one. Its content type decides first: a structured or batched event may
  /// have the same headers beside it, which then mean nothing (section 3.2.3).
  static boolean is(ServerRequestHeaders headers) {
    String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("").strip();
    return !type.regionMatches(true, 0, STRUCTURED, 0, STRUCTURED.length())
        && headers.contains(SPEC_VERSION);
  }

  /// What the headers say.
  ///
  /// @throws io.onex.http.ProblemException when one is not what the binding allows
  static BinaryCloudEvent of(ServerRequestHeaders headers) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        attributes.put(attributeName(name), value(name, header));
      }
    }
    if (attributes.size() > MOST_ATTRIBUTES) {
      throw bad("the event has more than " + MOST_ATTRIBUTES + " attributes");
    }
    return new BinaryCloudEvent(
        attributes, headers.first(HeaderNames.CONTENT_TYPE).orElse("").strip());
  }

  private static String attributeName(String header) {
    String name = header.substring(PREFIX.length());
    if (!NAME.matcher(name).matches()) {
      throw bad(
          "the header " + header + " names no attribute: those are lower-case letters and digits");
    }
    return switch (name) {
      case "datacontenttype" ->
          throw bad("the header " + header + " is not allowed: Content-Type says it");
      case "data" -> throw bad("the header " + header + " is not allowed: the body is the data");
      default -> name;
    };
  }

  private static String value(String name, Header header) {
    if (header.valueCount() > 1) {
      throw bad("the header " + name + " is there more than once");
    }
    try {
      return AttributeValue.decoded(header.get());
    } catch (IllegalArgumentException e) {
      throw bad("the header " + name + " cannot be read: " + e.getMessage());
    }
  }

  private static RuntimeException bad(String message) {
    return Problem.badRequest(
            message,
            "send it as CloudEvents 1.0.2, HTTP protocol binding, section 3.1 says, or as"
                + " application/cloudevents+json")
        .asException();
  }

  /// The same event in the JSON event format. A byte order mark before the data comes to stand
  /// before the event, where the decoder drops it and says so.
  ///
  /// @param body of the request
  Slice structured(Slice body) {
    boolean marked = startsWithMark(body);
    Slice data = marked ? body.part(MARK.length, body.length() - MARK.length) : body;
    byte[] event = json(data);
    if (!marked) {
      return Slice.of(event);
    }
    byte[] markedEvent = Arrays.copyOf(MARK, MARK.length + event.length);
    System.arraycopy(event, 0, markedEvent, MARK.length, event.length);
    return Slice.of(markedEvent);
  }

  private static boolean startsWithMark(Slice body) {
    return body.length() >= MARK.length
        && Arrays.equals(
            MARK, 0, MARK.length, body.array(), body.offset(), body.offset() + MARK.length);
  }

  private byte[] json(Slice data) {
    JsonWriter json = new JsonWriter(512 + data.length());
    json.beginObject();
    attributes.forEach((name, value) -> json.key(name).text(value));
    if (!data.isEmpty()) {
      if (!dataType.isEmpty()) {
        json.key("datacontenttype").text(dataType);
      }
      Optional<String> text = textOf(data);
      if (text.isPresent()) {
        json.key("data").text(text.get());
      } else if (OneValue.is(data)) {
        json.key("data").raw(data);
      } else {
        throw bad("the body is not one JSON value");
      }
    }
    return json.endObject().toByteArray();
  }

  /// The data as a text, where its type says that it is one and it does not look like JSON, as
  /// which senders also send it under such types.
  private Optional<String> textOf(Slice data) {
    int end = dataType.indexOf(';');
    String type = (end < 0 ? dataType : dataType.substring(0, end)).strip();
    if (!TEXT.matcher(type.toLowerCase(Locale.ROOT)).matches()
        || type.equalsIgnoreCase("text/json")
        || looksLikeJson(data)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(data.array(), data.offset(), data.length()))
              .toString());
    } catch (CharacterCodingException e) {
      throw bad("the data is called a text and is not UTF-8");
    }
  }

  private static boolean looksLikeJson(Slice data) {
    for (int i = data.offset(); i < data.end(); i++) {
      byte c = data.array()[i];
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return c == '{' || c == '[';
      }
    }
    return false;
  }
}
