// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.refcam.access.ClientCredentials;
import org.refcam.access.DigestAuthenticator;
import org.refcam.board.Board;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.SealedFile;
import org.refcam.motion.MotionEvent;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.DiscoveryResponder;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.OnvifParts;
import org.refcam.onvif.OnvifServlet;
import org.refcam.onvif.events.EventHub;
import org.refcam.onvif.events.Topic;
import org.refcam.web.Household;
import org.refcam.web.SettingsStore;

/** ONVIF, wired to the rest of the camera. */
final class OnvifRoom implements AutoCloseable {
  private static final String MANUFACTURER = "RefCam";

  private final OnvifServlet servlet;
  private final EventHub events;
  private final DiscoveryResponder discovery;

  /** The doors' ports, known once they are open. */
  record Ports(int https, int rtsps) {}

  /**
   * @throws IOException if what clients set cannot be trusted
   */
  OnvifRoom(
      RunOptions options,
      Board board,
      DeviceIdentity identity,
      SourceKeeper source,
      SettingsStore settings,
      SealedFile file,
      Household household,
      ClientCredentials clients,
      DigestAuthenticator digest,
      Supplier<Ports> ports,
      Clock clock,
      SecureRandom random)
      throws IOException {
    SealedJson<OnvifSettings> kept =
        new SealedJson<>(
            file,
            OnvifSettings.class,
            OnvifSettings.DEFAULT,
            changed -> source.encoderWishes(changed.encoders()));
    events = new EventHub(clock, random);
    events.publish(Topic.MOTION, MediaProfiles.SOURCE, "false");
    OnvifDevice device =
        new OnvifDevice(
            () -> facts(board, identity, ports.get()),
            identity,
            settings,
            kept,
            household.audit(),
            name -> household.accounts().find(name).isPresent());
    servlet =
        new OnvifServlet(
            new OnvifParts(
                () -> household.accounts().ownerExists(),
                clients,
                digest,
                household.limiter(),
                device,
                new OnvifVideo(source, kept),
                new OnvifPictures(settings),
                events,
                household.audit()::record,
                clock));
    discovery =
        new DiscoveryResponder(
            device,
            () -> household.accounts().ownerExists() && device.discoverable(),
            InetAddress.getByName(options.bind),
            options.discoveryPort,
            clock,
            random);
  }

  OnvifServlet servlet() {
    return servlet;
  }

  /** Tells subscribers of movement; never waits. */
  void motion(MotionEvent event) {
    boolean moving = event.kind() == MotionEvent.Kind.BEGIN;
    events.publish(Topic.MOTION, MediaProfiles.SOURCE, Boolean.toString(moving));
  }

  /** Opens discovery; the camera works without it where the port is taken. */
  void start() {
    discovery.start();
  }

  @Override
  public void close() {
    discovery.close();
  }

  private static DeviceControl.Facts facts(Board board, DeviceIdentity identity, Ports ports) {
    UUID endpoint = UUID.nameUUIDFromBytes(identity.serial().getBytes(StandardCharsets.UTF_8));
    return new DeviceControl.Facts(
        MANUFACTURER,
        board.name(),
        Main.version(),
        identity.serial(),
        board.id(),
        "urn:uuid:" + endpoint,
        ports.rtsps(),
        ports.https());
  }
}
