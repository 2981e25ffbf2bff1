// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the camera says of itself in discovery. Stateless. */
public final class DiscoveryScopes {
  /** Scopes that clients can set. */
  public static final int MOST = 16;

  private static final int LONGEST = 128;
  private static final String ROOT = "onvif://www.onvif.org/";

  private DiscoveryScopes() {}

  public static List<String> fixed(DeviceControl device) {
    return List.of(
        ROOT + "type/video_encoder",
        ROOT + "Profile/Streaming",
        ROOT + "hardware/" + escaped(device.facts().model()));
  }

  /** What clients set; a name is among them, because a camera must have one. */
  public static List<String> configurable(DeviceControl device) {
    List<String> scopes = new ArrayList<>(device.scopes());
    if (scopes.stream().noneMatch(scope -> scope.startsWith(ROOT + "name/"))) {
      String name = device.name().isEmpty() ? device.facts().model() : device.name();
      scopes.add(ROOT + "name/" + escaped(name));
    }
    return scopes;
  }

  public static List<String> all(DeviceControl device) {
    List<String> all = new ArrayList<>(fixed(device));
    all.addAll(configurable(device));
    return all;
  }

  /** Whether a client may set this: an absolute address without white space. */
  public static boolean valid(String scope) {
    try {
      return scope.length() <= LONGEST && new URI(scope).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
