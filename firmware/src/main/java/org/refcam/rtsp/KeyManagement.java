// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.rtp.InvalidMikeyException;
import org.refcam.rtp.Mikey;
import org.refcam.rtp.SrtpKey;

/** The KeyMgmt header of RFC 4567, 3.2, as far as it carries MIKEY. Stateless. */
final class KeyManagement {
  private static final Pattern MIKEY =
      Pattern.compile(
          "prot=\"?mikey\"?\\s*;\\s*(?:uri=\"[^\"]{0,2048}\"\\s*;\\s*)?data=\"([A-Za-z0-9+/=]{1,2732})\"",
          Pattern.CASE_INSENSITIVE);

  private KeyManagement() {}

  /**
   * The client's own key.
   *
   * @param header for example {@code prot=mikey;uri="rtsps://host/main/srtp/trackID=0";data="..."}
   * @throws InvalidMikeyException if there is none that the camera can use
   */
  static SrtpKey parse(String header) throws InvalidMikeyException {
    Matcher matcher = MIKEY.matcher(header.strip());
    byte[] message = new byte[0]; // which MIKEY refuses as cut short
    if (matcher.matches()) {
      try {
        message = Base64.getDecoder().decode(matcher.group(1));
      } catch (IllegalArgumentException e) {
        message = new byte[0];
      }
    }
    return Mikey.parse(message);
  }
}
