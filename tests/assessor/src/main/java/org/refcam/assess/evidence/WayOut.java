// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Declared;
import org.refcam.assess.check.DeclaredJudge;
import org.refcam.assess.egress.CaptureException;
import org.refcam.assess.egress.Destination;
import org.refcam.assess.egress.Traffic;

/**
 * Where the camera sent in a run, and how that was found. Immutable.
 *
 * @param found the way, the time and the number of destinations, for a reader
 * @param differences from what the camera declares
 */
public record WayOut(Text found, List<Difference> differences) {
  /** Where a gateway's capture lies in a dossier. */
  static final String CAPTURE = "evidence/gateway.pcap";

  private static final String SERVICES = "external-services";

  public WayOut {
    differences = List.copyOf(differences);
  }

  /** Its connections were looked at in one moment; what came and went between is not known. */
  static WayOut looked(String why) {
    return new WayOut(
        new Text(
            "connections looked at in 1 moment, not captured: " + why,
            "chỉ xem các kết nối tại 1 thời điểm, không thu gói tin: " + why),
        List.of());
  }

  /**
   * From a capture at its gateway.
   *
   * @throws IOException if the capture cannot be read, or holds no packet of the camera's: it would
   *     prove nothing
   */
  static WayOut captured(Path capture, InetAddress camera, Facts facts) throws IOException {
    Traffic seen;
    try {
      seen = Traffic.of(capture, camera);
    } catch (CaptureException e) {
      throw new IOException("the gateway's capture cannot be read", e);
    }
    if (seen.fromSubject() == 0 || !seen.whole()) {
      throw new IOException("the gateway's capture is not whole or has nothing of the camera");
    }
    DeclaredJudge judge = new DeclaredJudge(declared(facts), false);
    for (Destination one : seen.destinations()) {
      judge.judge(one);
    }
    seen.asked().forEach(judge::judge);
    List<Difference> differences = new ArrayList<>();
    for (String fault : judge.faults()) {
      differences.add(new Difference("egress", "at the gateway", "only what is declared", fault));
    }
    for (String open : judge.open()) {
      differences.add(new Difference("egress", "at the gateway", "only what is declared", open));
    }
    String counted = judge.beyond() + " + " + seen.asked().size();
    long seconds = seen.window().toSeconds();
    return new WayOut(
        new Text(
            Gateway.WAY.en()
                + " for "
                + seconds
                + " s: destinations + names looked up "
                + counted
                + "; what is encrypted was not opened, other times were not seen",
            Gateway.WAY.vi()
                + " trong "
                + seconds
                + " s: số đích + số tên được tra "
                + counted
                + "; phần mã hóa không mở, lúc khác không thấy"),
        differences);
  }

  /** What the camera itself lists. */
  static List<Declared> declared(Facts facts) {
    List<Declared> declared = new ArrayList<>();
    for (String row : facts.rows(SERVICES)) {
      Optional<String> host = facts.value(SERVICES, row, "host");
      if (host.isPresent()) {
        declared.add(new Declared(host.get(), facts.value(SERVICES, row, "country")));
      }
    }
    return declared;
  }
}
