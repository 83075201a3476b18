package io.onex.integration.elk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.DeliveryResult.ItemResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the answer to a `_bulk` request item by item.
///
/// | status of an item | result | why |
/// |---|---|---|
/// | 2xx | taken | |
/// | 409 | taken | `create` found a document with this id: an earlier attempt got through |
/// | 429, 5xx, 408 | try again | the node is busy or a shard is away |
/// | 403 | try again | the index is blocked, as when the disk is full |
/// | 404 | try again | the index is missing and must not be made by itself: an operator's matter |
/// | 400 `validation_exception` | try again | the cluster has no shard left for a new index |
/// | other, such as 400 of a mapping | never | this document will never fit |
///
/// When nothing was taken and nothing is hopeless, the whole request is to be repeated; when the
/// reason is `security_exception`, the destination is unauthorized. Reasons name the type of the
/// error and the field, not the server's sentence, which quotes values.
///
/// Sources: Elasticsearch reference, "Bulk API", response body; OpenSearch documentation, "Bulk".
final class BulkAnswer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern FIELD = Pattern.compile("field \\[([^\\[\\]]{1,200})\\]");

  private BulkAnswer() {}

  /// @param items number of records in the request
  static DeliveryResult read(Slice body, int items) {
    try (JsonParser json = JSON.createParser(body.array(), body.offset(), body.length())) {
      return read(json, items);
    } catch (IOException e) {
      return again("the answer is not that of a bulk request; check elasticsearch_url");
    }
  }

  private static DeliveryResult read(JsonParser json, int items) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return again("the answer is not that of a bulk request; check elasticsearch_url");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("errors") && value == JsonToken.VALUE_FALSE) {
        return new DeliveryResult.Delivered();
      }
      if (name.equals("items") && value == JsonToken.START_ARRAY) {
        return sum(items(json), items);
      }
      json.skipChildren();
    }
    return again("the answer to the bulk request names no items");
  }

  private static List<Item> items(JsonParser json) throws IOException {
    List<Item> items = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Item item = new Item(0, "", "");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        // The operation, here always "create".
        json.nextToken();
        item = item(json);
      }
      items.add(item);
    }
    return items;
  }

  private static Item item(JsonParser json) throws IOException {
    int status = 0;
    String type = "";
    String field = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
        status = json.getIntValue();
      } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String detail = json.currentName();
          JsonToken text = json.nextToken();
          if (detail.equals("type") && text == JsonToken.VALUE_STRING) {
            type = json.getText();
          } else if (detail.equals("reason") && text == JsonToken.VALUE_STRING) {
            Matcher named = FIELD.matcher(json.getText());
            field = named.find() ? named.group(1) : "";
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
    return new Item(status, type, field);
  }

  private static DeliveryResult sum(List<Item> items, int expected) {
    if (items.size() != expected) {
      return again("the answer names " + items.size() + " items of " + expected);
    }
    List<ItemResult> results = new ArrayList<>(items.size());
    Optional<Item> unauthorized = Optional.empty();
    boolean allAgain = true;
    for (Item item : items) {
      ItemResult result = item.result();
      results.add(result);
      allAgain &= result instanceof ItemResult.TryAgain;
      if (item.isUnauthorized()) {
        unauthorized = Optional.of(item);
      }
    }
    if (allAgain && unauthorized.isPresent()) {
      return new DeliveryResult.Unauthorized(unauthorized.get().reason());
    }
    return new DeliveryResult.PerItem(results);
  }

  private static DeliveryResult again(String reason) {
    return new DeliveryResult.Retryable(reason, Optional.empty());
  }

  /// @param field the mapped field that the error names, or empty
  private record Item(int status, String type, String field) {
    ItemResult result() {
      if ((status >= 200 && status < 300) || status == 409) {
        return new ItemResult.Taken();
      }
      return switch (status) {
        case 400 ->
            type.equals("validation_exception")
                ? new ItemResult.TryAgain(reason())
                : new ItemResult.NeverTaken(reason());
        case 401, 403, 404, 408, 429 -> new ItemResult.TryAgain(reason());
        default ->
            status >= 500 || status < 200
                ? new ItemResult.TryAgain(reason())
                : new ItemResult.NeverTaken(reason());
      };
    }

    boolean isUnauthorized() {
      return status == 401 || (status == 403 && type.equals("security_exception"));
    }

    String reason() {
      return "item HTTP "
          + status
          + (type.isEmpty() ? "" : " " + type)
          + (field.isEmpty() ? "" : " in field " + field);
    }
  }
}
