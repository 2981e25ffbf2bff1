// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.refcam.access.ClientCredentials;
import org.refcam.access.DigestAuthenticator;
import org.refcam.access.GuessLimiter;
import org.refcam.audit.AuditEvent;
import org.refcam.identity.keystore.Keystore;
import org.refcam.onvif.events.EventHub;

/**
 * Everything that ONVIF needs from the rest of the camera. Each part is called from many threads.
 *
 * @param ready whether the camera has an owner
 * @param audit takes note of what was changed and what was refused
 */
public record OnvifParts(
    BooleanSupplier ready,
    ClientCredentials clients,
    DigestAuthenticator digest,
    GuessLimiter limiter,
    DeviceControl device,
    VideoControl video,
    PictureControl pictures,
    SensorControl sensor,
    MotionControl motion,
    RecordingControl recordings,
    Keystore keystore,
    EventHub events,
    NotifyCarrier carrier,
    Consumer<AuditEvent> audit,
    Clock clock) {}
