// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.Talk;

/** Two discovery services that answer a lot and a little; no proxy in front of a camera can. */
class AmplifyTest {
  private static final int SSDP = 1900;

  private static Finding look(String address, int times) throws Exception {
    InetAddress at = InetAddress.getByName(address);
    try (DatagramSocket service = new DatagramSocket(new InetSocketAddress(at, SSDP))) {
      Thread thread = new Thread(() -> answer(service, times));
      thread.setDaemon(true);
      thread.start();
      Reach reach = new Reach(at, Limits.usual());
      Subject subject =
          new Subject(
              new Talk(reach),
              Discovery.look(reach, List.of()),
              Given.nothing(),
              new Evidence(List.of()),
              new SecureRandom());
      return Checks.all().stream()
          .filter(c -> c.id().equals("ports.amplify"))
          .findFirst()
          .orElseThrow()
          .look(subject);
    }
  }

  private static void answer(DatagramSocket service, int times) {
    byte[] buffer = new byte[2000];
    while (!service.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        service.receive(question);
        for (int i = 0; i < times; i++) {
          service.send(question);
        }
      } catch (IOException e) {
        // The end: the test closed it.
        return;
      }
    }
  }

  @Test
  void amplify_twelvefold_fails_threefold_passes() throws Exception {
    assertThat(look("127.0.0.77", 12).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(look("127.0.0.78", 3).verdict()).isEqualTo(Verdict.PASS);
  }
}
