// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.refcam.audit.AuditLog;
import org.refcam.audit.AuditQuery;
import org.refcam.audit.AuditRecord;
import org.refcam.identity.DeviceIdentity;
import org.refcam.onvif.DeviceControl;
import org.refcam.web.CameraSettings;
import org.refcam.web.SettingsStore;

/** The device as ONVIF sees and sets it. */
final class OnvifDevice implements DeviceControl {
  private static final int LOG_LINES = 200;

  private final Supplier<Facts> facts;
  private final DeviceIdentity identity;
  private final SettingsStore settings;
  private final SealedJson<OnvifSettings> onvif;
  private final AuditLog audit;
  private final Predicate<String> people;
  private final Power power;

  OnvifDevice(
      Supplier<Facts> facts,
      DeviceIdentity identity,
      SettingsStore settings,
      SealedJson<OnvifSettings> onvif,
      AuditLog audit,
      Predicate<String> people,
      Power power) {
    this.facts = facts;
    this.identity = identity;
    this.settings = settings;
    this.onvif = onvif;
    this.audit = audit;
    this.people = people;
    this.power = power;
  }

  @Override
  public Facts facts() {
    return facts.get();
  }

  @Override
  public X509Certificate certificate() {
    return identity.shown().certificate();
  }

  @Override
  public ZoneId zone() {
    return ZoneId.of(settings.current().timeZone());
  }

  @Override
  public void zone(ZoneId zone) throws IOException {
    settings.save(settings.current().withTimeZone(zone.getId()));
  }

  @Override
  public String name() {
    return settings.current().cameraName();
  }

  @Override
  public String systemLog() throws IOException {
    List<AuditRecord> newestFirst =
        new ArrayList<>(audit.read(new AuditQuery(Set.of(), Optional.empty(), LOG_LINES)));
    Collections.reverse(newestFirst);
    StringBuilder text = new StringBuilder();
    for (AuditRecord record : newestFirst) {
      text.append(record.time())
          .append(' ')
          .append(record.event().type())
          .append(' ')
          .append(record.event().actor())
          .append(' ')
          .append(record.event().address())
          .append(' ')
          .append(record.event().details())
          .append('\n');
    }
    return text.toString();
  }

  @Override
  public String supportInformation() {
    Facts now = facts.get();
    return "model %s%nfirmware %s%nserial %s%nJava %s%nsystem %s %s%n"
        .formatted(
            now.model(),
            now.firmwareVersion(),
            now.serialNumber(),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  @Override
  public boolean isPerson(String username) {
    return people.test(username);
  }

  @Override
  public List<String> scopes() {
    return onvif.current().scopes();
  }

  @Override
  public void scopes(List<String> scopes) throws IOException {
    onvif.save(onvif.current().withScopes(scopes));
  }

  @Override
  public boolean discoverable() {
    return onvif.current().discoverable();
  }

  @Override
  public void discoverable(boolean on) throws IOException {
    onvif.save(onvif.current().withDiscoverable(on));
  }

  @Override
  public boolean reboot() {
    return power.restart();
  }

  /**
   * Soft leaves whom the camera knows, what it recorded and hides, where it stands and how it is
   * reached; so nobody is locked out and nothing that was hidden shows.
   */
  @Override
  public void factoryDefault(boolean hard) throws IOException {
    if (hard) {
      power.eraseAll();
      return;
    }
    CameraSettings now = settings.current();
    CameraSettings usual = CameraSettings.DEFAULT;
    power.usualSettings();
    settings.save(
        new CameraSettings(
            now.timeZone(),
            now.country(),
            now.language(),
            usual.clockOverlay(),
            usual.cameraName(),
            now.masks(),
            usual.guessLimit()));
    onvif.save(OnvifSettings.DEFAULT);
  }

  @Override
  public boolean upgrade(InputStream bundle) throws IOException {
    return power.upgrade(bundle);
  }

  /** What ends this run of the camera. Safe from any thread. */
  interface Power {
    /** False if nobody would start it again. */
    boolean restart();

    void eraseAll() throws IOException;

    /** Recording and sensor as in a new camera. */
    void usualSettings() throws IOException;

    boolean upgrade(InputStream bundle) throws IOException;
  }
}
