// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.ZoneId;
import java.util.List;

/** What ONVIF asks of the device as such. Implementations are safe from any thread. */
public interface DeviceControl {
  /**
   * What the camera is.
   *
   * @param model of the board
   * @param endpoint {@code urn:uuid:...}, the same for the device's life
   * @param rtspsPort TCP port of RTSP over TLS
   */
  record Facts(
      String manufacturer,
      String model,
      String firmwareVersion,
      String serialNumber,
      String hardwareId,
      String endpoint,
      int rtspsPort,
      int httpsPort) {}

  Facts facts();

  /** The certificate that the doors show. */
  X509Certificate certificate();

  /** Zone of the camera's local time. */
  ZoneId zone();

  /**
   * @throws IOException if it could not be stored; the old zone stays
   */
  void zone(ZoneId zone) throws IOException;

  /** What the owner calls the camera; may be empty. */
  String name();

  /** The camera's own log, newest last, as text. */
  String systemLog() throws IOException;

  /** What a support engineer asks first: versions and states; nothing of the owner's. */
  String supportInformation();

  /** Whether a person's account has this name, so that no client may. */
  boolean isPerson(String username);

  /** Scopes that a client set, beside the fixed ones. */
  List<String> scopes();

  /**
   * @throws IOException if they could not be stored
   */
  void scopes(List<String> scopes) throws IOException;

  /** Whether the camera answers WS-Discovery. */
  boolean discoverable();

  /**
   * @throws IOException if it could not be stored
   */
  void discoverable(boolean on) throws IOException;

  /** Starts the camera anew, after this call has returned; false if nothing here can. */
  boolean reboot();

  /**
   * Destroys what is the owner's: the configuration, or with {@code hard} everything.
   *
   * @return false if this build cannot
   * @throws IOException if it failed midway
   */
  boolean factoryDefault(boolean hard) throws IOException;
}
