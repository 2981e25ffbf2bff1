// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.web.CameraStatus;

/**
 * What {@code refcam status} tells; {@code READY} and {@code GET status} use the same names. No
 * field holds a secret.
 */
final class LocalStatus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalStatus() {}

  /** Of a running camera: {@code state} is {@code factory} before an owner set a password. */
  static Map<String, Object> running(Camera camera, String bind, CameraStatus.Facts facts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", camera.ready() ? "ready" : "factory");
    fields.put("serial", facts.serial());
    fields.put("version", facts.version());
    fields.put("https", camera.httpsUrl(bind));
    fields.put("rtsps", camera.rtspsUrl(bind));
    fields.put("onvif", camera.httpsUrl(bind) + "/onvif/device_service");
    camera.plainRtspPort().ifPresent(port -> fields.put("plainRtspPort", port));
    fields.put("source", facts.source());
    fields.put("assurance", facts.assurance());
    fields.put("uptimeSeconds", facts.uptimeSeconds());
    fields.put("streams", facts.streams());
    return fields;
  }

  /** Of a camera that ran here and does not now. */
  static Map<String, Object> stopped() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", "stopped");
    fields.put("version", Main.version());
    return fields;
  }

  static byte[] json(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new AssertionError("strings and numbers become JSON", e);
    }
  }
}
