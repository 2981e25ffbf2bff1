// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.io.InputStream;
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
   * Hard destroys all keys, and with them everything that is the owner's, and starts the camera as
   * from the factory after this call has returned. Soft sets what is configured back, and leaves
   * people, clients, recordings, masks, where the camera stands and how it is reached.
   *
   * @throws IOException if it failed midway
   */
  void factoryDefault(boolean hard) throws IOException;

  /**
   * Receives a signed bundle and installs it; the camera starts anew after this call has returned.
   *
   * @return false if the bundle is not genuine, not for this camera, or not wanted now
   * @throws IOException if the camera failed
   */
  boolean upgrade(InputStream bundle) throws IOException;
}
