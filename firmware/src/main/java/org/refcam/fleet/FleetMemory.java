// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.keys.SealedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The action that is under way and what the server was last told of it, so that a restart in the
 * middle tells it neither twice nor never. A damaged file counts as none: then it is told again.
 * Confined to the fleet thread.
 */
final class FleetMemory {
  private static final Logger log = LoggerFactory.getLogger(FleetMemory.class);
  private static final int BYTES_MAX = 4096;

  /**
   * @param action its id; empty if none is under way
   * @param sha256 of its bundle
   * @param told a word for what was last told
   */
  record Action(String action, String sha256, String told) {
    static final Action NONE = new Action("", "", "");
    private static final String REFUSED = "refused";

    /** The owner refused it; its bundle was never begun. */
    static Action refused(String action) {
      return new Action(action, "", REFUSED);
    }

    boolean isRefused(String id) {
      return action.equals(id) && told.equals(REFUSED);
    }

    Action told(String word) {
      return new Action(action, sha256, word);
    }
  }

  private final SealedFile file;
  private Action current;

  FleetMemory(SealedFile file) throws IOException {
    this.file = file;
    this.current = read(file);
  }

  private static Action read(SealedFile file) throws IOException {
    Optional<byte[]> bytes = file.read();
    if (bytes.isEmpty()) {
      return Action.NONE;
    }
    try {
      JsonObject json = JsonText.parseObject(bytes.get(), BYTES_MAX);
      return new Action(json.text("action"), json.text("sha256"), json.text("told"));
    } catch (InvalidJsonException e) {
      log.warn("what was told to the fleet's server is not known; it is told again", e);
      return Action.NONE;
    }
  }

  Action current() {
    return current;
  }

  void save(Action next) throws IOException {
    if (!next.equals(current)) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("action", next.action()).put("sha256", next.sha256()).put("told", next.told());
      file.write(json.toString().getBytes(StandardCharsets.UTF_8));
      current = next;
    }
  }
}
