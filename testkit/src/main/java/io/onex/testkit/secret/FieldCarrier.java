package io.onex.testkit.secret;

/// A field of a record that text of a sender becomes, most of them read beside the body: ids, names
/// of types, headers of bus records. Each makes one line of input of a text.
enum FieldCarrier {
  EVENT_ID("{\"event_type\":\"X\",\"node_id\":\"n\",\"event_id\":%s,\"metadata\":{\"a\":1},%s}"),
  NODE_ID("{\"event_type\":\"X\",\"node_id\":%s,\"event_id\":\"e\",\"metadata\":{\"a\":1},%s}"),
  CORRELATION_ID(
      "{\"event_type\":\"X\",\"node_id\":\"n\",\"correlation_id\":%s,\"metadata\":{\"a\":1},%s}"),
  EVENT_TYPE("{\"event_type\":%s,\"node_id\":\"n\",\"event_id\":\"e\",\"metadata\":{},%s}"),
  TYPE_NAMESPACE(
      "{\"event_type\":{\"event_name\":\"X\",\"namespace\":%s},\"node_id\":\"n\",\"metadata\":{},%s}"),
  ENVELOPE_ID("{\"envelope_id\":%s,\"payload\":{\"answer\":1},%s}"),
  CLOUD_EVENT_ID("{\"specversion\":\"1.0\",\"type\":\"X\",\"source\":\"onex/n\",\"id\":%s,%s}"),
  CLOUD_EVENT_SOURCE("{\"specversion\":\"1.0\",\"type\":\"X\",\"id\":\"7\",\"source\":%s,%s}"),
  CLOUD_EVENT_TYPE("{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"onex/n\",\"type\":%s,%s}"),
  MESSAGE_ID(
      "{\"topic\":\"t\",\"headers\":{\"message_id\":%s},\"value\":{\"node_name\":\"n\",\"reason\":\"a\",%s}}"),
  HEADER_TYPE(
      "{\"topic\":\"t\",\"headers\":{\"event_type\":%s},\"value\":{\"node_name\":\"n\",\"reason\":\"a\",%s}}"),
  TOPIC("{\"topic\":%s,\"headers\":{},\"value\":{\"node_name\":\"n\",\"reason\":\"a\",%s}}");

  private final String line;

  FieldCarrier(String line) {
    this.line = line;
  }

  /// One line of input with this JSON value in it.
  String around(String value) {
    return line.formatted(value, Carrier.KEPT);
  }
}
