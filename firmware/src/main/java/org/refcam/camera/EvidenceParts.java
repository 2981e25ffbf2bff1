// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.time.Clock;
import java.util.function.Supplier;
import org.refcam.board.Board;
import org.refcam.egress.Egress;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.KeyHierarchy;
import org.refcam.onvif.DiscoveryResponder;
import org.refcam.rtsp.RtspServer;
import org.refcam.web.Household;
import org.refcam.web.SettingsStore;

/**
 * Whom the evidence asks.
 *
 * @param doors asked for at each reading: they open after the parts behind them
 */
record EvidenceParts(
    RunOptions options,
    Board board,
    DeviceIdentity identity,
    KeyHierarchy keys,
    FrontDesk frontDesk,
    Household household,
    SettingsStore settings,
    Egress egress,
    RecordingRoom recordings,
    SourceKeeper source,
    CameraUpdates updates,
    Supplier<Doors> doors,
    Clock clock) {
  /**
   * The open doors.
   *
   * @param httpsPort that is bound
   */
  record Doors(int httpsPort, RtspServer rtsp, DiscoveryResponder discovery) {}
}
