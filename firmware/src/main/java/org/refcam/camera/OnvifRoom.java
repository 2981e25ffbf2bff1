// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.refcam.access.ClientCredentials;
import org.refcam.access.DigestAuthenticator;
import org.refcam.board.Board;
import org.refcam.egress.Egress;
import org.refcam.identity.DeviceIdentity;
import org.refcam.identity.keystore.Keystore;
import org.refcam.keys.SealedFile;
import org.refcam.motion.LightWatch;
import org.refcam.motion.MotionEvent;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.DiscoveryResponder;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.OnvifParts;
import org.refcam.onvif.OnvifServlet;
import org.refcam.onvif.events.EventHub;
import org.refcam.onvif.events.Topic;
import org.refcam.rtsp.RtspServer;
import org.refcam.web.Household;
import org.refcam.web.SettingsStore;

/** ONVIF, wired to the rest of the camera. */
final class OnvifRoom implements AutoCloseable {
  private static final String MANUFACTURER = "RefCam";

  private final OnvifServlet servlet;
  private final EventHub events;
  private final OnvifMotion motion;
  private final DiscoveryResponder discovery;
  private final OnvifWatch watch;

  /** The doors' ports, known once they are open. */
  record Ports(int https, int rtsps) {}

  /** Other rooms of the camera that ONVIF opens a door to. */
  record Parts(
      RecordingRoom recordings,
      RecordingDoor recordingDoor,
      ReplayDoor replays,
      EraseRoom erase,
      CameraUpdates updates,
      Egress egress) {}

  /**
   * @throws IOException if what clients set cannot be trusted
   */
  OnvifRoom(
      RunOptions options,
      Board board,
      DeviceIdentity identity,
      Keystore keystore,
      SourceKeeper source,
      SettingsStore settings,
      SealedFile file,
      Household household,
      ClientCredentials clients,
      DigestAuthenticator digest,
      Supplier<Ports> ports,
      Parts parts,
      Clock clock,
      SecureRandom random)
      throws IOException {
    SealedJson<OnvifSettings> kept =
        new SealedJson<>(
            file,
            OnvifSettings.class,
            OnvifSettings.DEFAULT,
            changed -> apply(changed, source, parts.replays()));
    events = hub(parts.erase(), clock, random);
    source.lightWatcher(new LightWatch(this::light));
    boolean restartable = System.getenv("REFCAM_SUPERVISED") != null && !options.source.isPipe();
    OnvifRecordings recordings =
        new OnvifRecordings(
            parts.recordings(), parts.recordingDoor(), kept, () -> settings.current().cameraName());
    OnvifSensor sensor = new OnvifSensor(source, kept);
    motion = new OnvifMotion(parts.recordingDoor(), events);
    watch =
        new OnvifWatch(
            events, recordings, parts.recordings().storage()::failed, parts.updates()::available);
    OnvifDevice device =
        new OnvifDevice(
            () -> facts(board, identity, ports.get()),
            identity,
            settings,
            kept,
            household.audit(),
            name -> household.accounts().find(name).isPresent(),
            new OnvifPower(
                parts.erase(), parts.updates(), parts.recordingDoor(), sensor, restartable));
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
                sensor,
                motion,
                recordings,
                keystore,
                events,
                new OnvifNotify(parts.egress()),
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

  /** The hub with what stands before anything has happened. */
  private static EventHub hub(EraseRoom erase, Clock clock, SecureRandom random) {
    EventHub events = new EventHub(clock, random);
    events.publish(Topic.MOTION, "false", MediaProfiles.SOURCE);
    events.publish(Topic.TOO_DARK, "false", MediaProfiles.SOURCE);
    events.publish(Topic.TOO_BRIGHT, "false", MediaProfiles.SOURCE);
    events.publish(Topic.ERASING, "false", OnvifWatch.DEVICE);
    erase.onBegin(() -> events.publish(Topic.ERASING, "true", OnvifWatch.DEVICE));
    return events;
  }

  DiscoveryResponder discovery() {
    return discovery;
  }

  OnvifServlet servlet() {
    return servlet;
  }

  /** Sends events as a stream of metadata beside the pictures. */
  void stream(RtspServer rtsp) {
    events.metadata().connect(watch::later, rtsp::metadataWatched, rtsp::publishMetadata);
    rtsp.metadataStates(events.metadata()::states);
  }

  /** Tells subscribers of movement; never waits. */
  void motion(MotionEvent event) {
    boolean moving = event.kind() == MotionEvent.Kind.BEGIN;
    events.publish(Topic.MOTION, Boolean.toString(moving), MediaProfiles.SOURCE);
    motion.moved(event);
  }

  private void light(LightWatch.Light now) {
    boolean dark = now == LightWatch.Light.TOO_DARK;
    boolean bright = now == LightWatch.Light.TOO_BRIGHT;
    events.publish(Topic.TOO_DARK, Boolean.toString(dark), MediaProfiles.SOURCE);
    events.publish(Topic.TOO_BRIGHT, Boolean.toString(bright), MediaProfiles.SOURCE);
  }

  /** Opens discovery; the camera works without it where the port is taken. */
  void start() {
    discovery.start();
    watch.start();
  }

  @Override
  public void close() {
    watch.close();
    discovery.close();
  }

  private static void apply(OnvifSettings now, SourceKeeper source, ReplayDoor replays) {
    source.encoderWishes(now.encoders());
    source.sensorWishes(now.sensor());
    replays.sessionTimeout(
        now.replaySeconds() == 0
            ? ReplayDoor.USUAL_TIMEOUT
            : Duration.ofSeconds(now.replaySeconds()));
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
