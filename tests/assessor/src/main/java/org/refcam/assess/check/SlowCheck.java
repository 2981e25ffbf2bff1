// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Wire;

/**
 * Whether a few clients that never finish keep others out. Twelve connections a port, half of them
 * silent within the TLS handshake and half within a request, are held for as long as another client
 * is given to be answered, and closed at once thereafter. Stateless.
 */
final class SlowCheck {
  /** Fewer than any camera allows at a time. */
  private static final int SLOW = 12;

  /** So many exchanges does a slow connection outlast: both tries of the other client. */
  private static final int EXCHANGES = 3;

  private SlowCheck() {}

  static Finding look(Subject subject, Notes notes) throws IOException {
    List<Endpoint> doors =
        subject.endpoints().stream().filter(e -> e.speech() != Endpoint.Speech.OTHER).toList();
    if (doors.isEmpty()) {
      return notes.notApplicable(
          "none of " + subject.endpoints().size() + " open ports speaks HTTP or RTSP",
          "không cổng nào trong " + subject.endpoints().size() + " cổng mở nói HTTP hoặc RTSP");
    }
    for (Endpoint at : doors) {
      List<Wire> held = new ArrayList<>();
      try {
        hold(subject, at, held, notes);
        if (!subject.alive(at)) {
          notes.fault(
              at.name() + " does not answer while " + held.size() + " slow clients are connected");
        }
      } finally {
        for (Wire wire : held) {
          wire.close();
        }
      }
      if (!subject.alive(at)) {
        notes.fault(at.name() + " does not answer after the slow clients have gone");
      }
    }
    return notes.passUnlessFaulty(
        SLOW + " half-sent requests a port; it answers others meanwhile and afterwards",
        SLOW + " yêu cầu gửi dở ở mỗi cổng; máy vẫn trả lời máy khác");
  }

  private static void hold(Subject subject, Endpoint at, List<Wire> held, Notes notes)
      throws IOException {
    Duration most = subject.talk().reach().limits().exchange().multipliedBy(EXCHANGES);
    for (int i = 0; i < SLOW; i++) {
      try {
        boolean handshake = at.tls() && i < SLOW / 2;
        Wire wire = Wire.open(subject.talk().reach(), at.port(), at.tls() && !handshake, most);
        held.add(wire);
        wire.send(
            handshake
                ? "\u0016\u0003\u0001"
                : at.http() ? "GET / HTTP/1.1\r\nHost: " : "DESCRIBE rtsp://");
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        notes.say(at.name() + " took " + i + " slow connections");
        return;
      }
    }
    notes.say(at.name() + " took " + SLOW + " slow connections");
  }
}
