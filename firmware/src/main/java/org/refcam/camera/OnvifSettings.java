// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.List;
import java.util.Map;
import org.refcam.encode.EncoderSettings;

/**
 * What clients set through ONVIF and the camera keeps. Immutable.
 *
 * @param scopes of discovery
 * @param discoverable whether the camera answers WS-Discovery once it has an owner
 * @param encoders by stream, where they are not the usual ones
 */
record OnvifSettings(
    List<String> scopes, boolean discoverable, Map<String, EncoderSettings> encoders) {
  static final OnvifSettings DEFAULT = new OnvifSettings(List.of(), true, Map.of());

  OnvifSettings {
    scopes = List.copyOf(scopes);
    encoders = Map.copyOf(encoders);
  }
}
