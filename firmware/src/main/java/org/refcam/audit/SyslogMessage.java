// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record as RFC 5424 has it, in the frame of RFC 5425: {@code length SP message}.
 *
 * <p>The message's text is the chained line itself, so that what a receiver keeps can be checked
 * like an export. Facts stand in structured data too, under 32473, the number that RFC 5612 sets
 * aside for examples: an OEM puts its own. Stateless.
 */
final class SyslogMessage {
  /** Facility 13, log audit. */
  static final int FACILITY = 13;

  static final String DATA_ID = "refcam@32473";
  private static final int MOST_SEQUENCE = Integer.MAX_VALUE; // RFC 5424, 7.3.1

  private SyslogMessage() {}

  /**
   * @param hostName the camera's, printable ASCII without spaces
   * @param sequence of the message in this process, from 1
   */
  static byte[] frame(AuditRecord record, String hostName, String version, long sequence) {
    AuditEvent event = record.event();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("chain", record.chain().word());
    data.put("sequence", Long.toString(record.sequence()));
    data.put("boot", Long.toString(record.boot()));
    data.put("uptimeMillis", Long.toString(record.uptimeMillis()));
    data.put("quality", record.quality().word());
    data.put("actor", event.actor());
    data.put("address", event.address());
    data.put("count", Long.toString(record.count()));
    boolean synced = record.quality() == TimeQuality.SYNCHRONISED;
    long bounded = (sequence - 1) % MOST_SEQUENCE + 1;
    String head =
        "<"
            + (FACILITY * 8 + event.type().severity().code())
            + ">1 "
            + record.time().truncatedTo(java.time.temporal.ChronoUnit.MICROS)
            + " "
            + hostName
            + " refcam - "
            + event.type().word()
            + " "
            + element("timeQuality", Map.of("isSynced", synced ? "1" : "0"))
            + element("meta", Map.of("sequenceId", Long.toString(bounded)))
            + element("origin", Map.of("swVersion", version))
            + element(DATA_ID, data)
            + " \ufeff";
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    message.writeBytes(record.encode());
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes((message.size() + " ").getBytes(StandardCharsets.US_ASCII));
    frame.writeBytes(message.toByteArray());
    return frame.toByteArray();
  }

  private static String element(String id, Map<String, String> parameters) {
    StringBuilder text = new StringBuilder("[").append(id);
    parameters.forEach(
        (name, value) ->
            text.append(' ')
                .append(name)
                .append("=\"")
                .append(value.replaceAll("([\"\\\\\\]])", "\\\\$1")) // 6.3.3
                .append('"'));
    return text.append(']').toString();
  }
}
