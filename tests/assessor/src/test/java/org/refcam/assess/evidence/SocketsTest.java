// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class SocketsTest {
  @Test
  void ownSockets_areSeenWhileTheyAreOpen() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    long own = ProcessHandle.current().pid();
    int tcp;
    int udp;
    try (ServerSocket listening = new ServerSocket(0, 5, here);
        DatagramSocket bound = new DatagramSocket(new InetSocketAddress(here, 0));
        Socket connected = new Socket(here, listening.getLocalPort())) {
      tcp = listening.getLocalPort();
      udp = bound.getLocalPort();
      Sockets seen = Sockets.of(own);
      assertThat(seen.tcp()).contains(tcp).doesNotContain(connected.getLocalPort());
      assertThat(seen.udp()).contains(udp);
      assertThat(seen.remotes()).noneMatch(one -> one.endsWith(":" + tcp));
    }
    Sockets after = Sockets.of(own);
    assertThat(after.tcp()).doesNotContain(tcp);
    assertThat(after.udp()).doesNotContain(udp);
  }
}
