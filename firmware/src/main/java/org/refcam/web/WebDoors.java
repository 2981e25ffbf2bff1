// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import org.refcam.stream.Streams;

/**
 * Everything that the HTTPS door needs from the rest of the camera. Each part is called from many
 * threads at once.
 */
public record WebDoors(
    Entrance entrance,
    Streams streams,
    Snapshots snapshots,
    CameraStatus status,
    SettingsStore settings,
    RtspTunnels tunnels,
    Household household,
    UpdateControl updates,
    FactoryDoor factory,
    Recordings recordings,
    Erasures erasures,
    WayOut wayOut,
    FleetControl fleet,
    EvidenceBook evidence,
    HealthControl health,
    WifiControl wifi) {}
