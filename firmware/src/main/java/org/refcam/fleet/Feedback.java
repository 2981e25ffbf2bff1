// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server is told about an action.
 *
 * <pre>
 *   {"id": "8", "status": {"execution": "proceeding", "result": {"finished": "none"},
 *                          "details": ["fetching"]}}
 * </pre>
 *
 * @param detail a line for the operator; a word of ours, never anything of the owner's
 */
record Feedback(Execution execution, Finished finished, String detail) {
  /** Where the action stands. */
  enum Execution {
    PROCEEDING,
    DOWNLOADED,
    CLOSED,
    REJECTED,
    CANCELED
  }

  /** How it ended. */
  enum Finished {
    NONE,
    SUCCESS,
    FAILURE
  }

  static Feedback proceeding(String detail) {
    return new Feedback(Execution.PROCEEDING, Finished.NONE, detail);
  }

  static Feedback failure(String detail) {
    return new Feedback(Execution.CLOSED, Finished.FAILURE, detail);
  }

  static Feedback success(String detail) {
    return new Feedback(Execution.CLOSED, Finished.SUCCESS, detail);
  }

  byte[] encode(String actionId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", actionId);
    ObjectNode status = json.putObject("status");
    status.put("execution", word(execution));
    status.putObject("result").put("finished", word(finished));
    status.putArray("details").add(detail);
    return bytes(json);
  }

  /** The owner's answer to a question for confirmation. */
  static byte[] confirmation(boolean agreed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("confirmation", agreed ? "confirmed" : "denied");
    json.putArray("details").add(agreed ? "agreed on the camera" : "refused on the camera");
    return bytes(json);
  }

  /** What the camera is; hawkBit of 2021 wants the status beside it. */
  static byte[] attributes(Map<String, String> attributes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mode", "replace").put("id", "");
    ObjectNode status = json.putObject("status");
    status.put("execution", word(Execution.CLOSED));
    status.putObject("result").put("finished", word(Finished.SUCCESS));
    status.putArray("details");
    ObjectNode data = json.putObject("data");
    new TreeMap<>(attributes).forEach(data::put);
    return bytes(json);
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
