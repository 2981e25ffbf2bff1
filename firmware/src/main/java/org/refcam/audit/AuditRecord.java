// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.refcam.audit.AuditFaultException.Reason;

/**
 * One event as the log keeps it: a line of JSON, whose very bytes are encrypted, chained, exported
 * and forwarded. Immutable.
 *
 * @param sequence counts without a gap from 1 in its chain, over restarts
 * @param time of the wall clock, which {@code quality} says how far to trust
 * @param boot counts the camera's starts
 * @param uptimeMillis monotonic since that start, at least one more than in the record before; with
 *     {@code boot} it orders both chains
 * @param count how many events of this kind the record stands for, 1 or more
 */
public record AuditRecord(
    ChainName chain,
    long sequence,
    Instant time,
    TimeQuality quality,
    long boot,
    long uptimeMillis,
    long count,
    AuditEvent event) {
  /** The longest line: of the longest event, every character of it four bytes. */
  static final int MOST_BYTES = 6144;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The line, without a line end. */
  byte[] encode() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("chain", chain.word());
    fields.put("sequence", sequence);
    fields.put("time", time.toString());
    fields.put("quality", quality.word());
    fields.put("boot", boot);
    fields.put("uptimeMillis", uptimeMillis);
    fields.put("type", event.type().word());
    fields.put("actor", event.actor());
    fields.put("address", event.address());
    fields.put("count", count);
    fields.put("details", event.details());
    try {
      byte[] line = JSON.writeValueAsBytes(fields);
      if (line.length > MOST_BYTES) {
        throw new AssertionError("an event's text is bounded, this has " + line.length);
      }
      return line;
    } catch (JacksonException e) {
      throw new AssertionError("text and numbers can be written", e);
    }
  }

  /**
   * Reads a line.
   *
   * @throws AuditFaultException BAD_RECORD if it is not a record
   */
  static AuditRecord parse(byte[] line) throws AuditFaultException {
    try {
      JsonNode json = JSON.readTree(line);
      Map<String, String> details = new TreeMap<>();
      json.path("details")
          .fields()
          .forEachRemaining(field -> details.put(field.getKey(), field.getValue().asText()));
      EventType type = EventType.find(json.path("type").asText()).orElseThrow(IOException::new);
      return new AuditRecord(
          json.path("chain").asText().equals("access") ? ChainName.ACCESS : ChainName.CHANGES,
          json.path("sequence").asLong(),
          Instant.parse(json.path("time").asText()),
          TimeQuality.find(json.path("quality").asText()).orElseThrow(IOException::new),
          json.path("boot").asLong(),
          json.path("uptimeMillis").asLong(),
          json.path("count").asLong(),
          new AuditEvent(
              type, json.path("actor").asText(), json.path("address").asText(), details));
    } catch (IOException | DateTimeException e) {
      throw new AuditFaultException(Reason.BAD_RECORD, "not an audit record", e);
    }
  }
}
