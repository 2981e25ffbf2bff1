// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.identity.DeviceIdentity;
import org.refcam.onvif.DiscoveryResponder;
import org.refcam.onvif.OnvifCalls;
import org.refcam.rtsp.RtspServer;
import org.refcam.web.EvidenceBook.EvidenceRow;
import org.refcam.web.RestCalls;
import org.refcam.web.RestCalls.RestCall;

/** What is known of the doors: ports, who enters, what answers before there is an owner. */
final class DoorEvidence {
  private final EvidenceParts parts;
  private final EvidenceParts.Doors doors;

  DoorEvidence(EvidenceParts parts) {
    this.parts = parts;
    this.doors = parts.doors().get();
  }

  List<EvidenceRow> interfaces() {
    List<EvidenceRow> rows = new ArrayList<>();
    rows.add(https());
    rows.add(onvif());
    rows.add(rtsps());
    rows.add(plainRtsp());
    rows.add(srtp());
    rows.add(discovery());
    rows.add(
        EvidenceRow.of("status-socket")
            .with("transport", "local")
            .with("state", "on")
            .with("authentication", "file-owner")
            .with("reads", false));
    rows.add(button());
    return rows;
  }

  /** The REST interface, call by call. */
  List<EvidenceRow> calls() {
    return RestCalls.all().stream().map(DoorEvidence::row).toList();
  }

  private static EvidenceRow row(RestCall call) {
    return EvidenceRow.of(call.method() + " " + call.path())
        .with("who", call.who())
        .with("beforeSetUp", call.beforeSetUp());
  }

  private EvidenceRow https() {
    List<String> early =
        RestCalls.all().stream()
            .filter(RestCall::beforeSetUp)
            .map(call -> call.method() + " " + call.path())
            .toList();
    return tls(
        door("https", "tcp", doors.httpsPort(), true)
            .with("authentication", "session")
            .withAll("beforeSetUpServes", early));
  }

  private EvidenceRow onvif() {
    return tls(
        door("onvif", "tcp", doors.httpsPort(), true)
            .with("authentication", "client-credential")
            .with("operations", OnvifCalls.count())
            .withAll("beforeSetUpServes", OnvifCalls.beforeSetUp())
            .withAll("withoutProofServes", OnvifCalls.withoutProof()));
  }

  private EvidenceRow rtsps() {
    return tls(
        door("rtsps", "tcp", doors.rtsp().port(), true)
            .with("authentication", "client-credential")
            .withAll("beforeSetUpServes", List.of()));
  }

  /** The one door without encryption. */
  private EvidenceRow plainRtsp() {
    Optional<Integer> port = doors.rtsp().plainPort();
    EvidenceRow row = door("rtsp-plain", "tcp", port.orElse(0), port.isPresent());
    return row.with("authentication", "client-credential").with("encrypted", false);
  }

  private EvidenceRow srtp() {
    RtspServer rtsp = doors.rtsp();
    int first = rtsp.srtpPort();
    EvidenceRow row = EvidenceRow.of("srtp").with("transport", "udp").with("state", "on-demand");
    return (first == 0 ? row.with("port", "free-pair") : row.with("port", first, first + 1))
        .with("authentication", "rtsps-session")
        .with("encrypted", true);
  }

  private EvidenceRow discovery() {
    DiscoveryResponder discovery = doors.discovery();
    boolean open = discovery.port().isPresent();
    return door("ws-discovery", "udp", discovery.port().orElse(0), open)
        .with("answers", discovery.answering())
        .with("authentication", "none")
        .with("encrypted", false)
        .withAll("beforeSetUpServes", List.of());
  }

  private EvidenceRow button() {
    return EvidenceRow.of("reset-button")
        .with("transport", "gpio")
        .with("state", parts.board().button().isPresent() ? "on" : "absent")
        .with("authentication", "physical-presence");
  }

  private static EvidenceRow door(String id, String transport, int port, boolean open) {
    EvidenceRow row =
        EvidenceRow.of(id).with("transport", transport).with("state", open ? "on" : "off");
    return open ? row.with("port", port) : row;
  }

  private static EvidenceRow tls(EvidenceRow row) {
    return row.with("encrypted", true).with("protocols", (Object[]) DeviceIdentity.protocols());
  }
}
