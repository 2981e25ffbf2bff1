// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nobody but {@link Reach} makes a socket, and it makes them to one address only. */
class OneDoorTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.refcam.assess");

  @Test
  void sockets_areMadeByReachOnly() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Reach.class.getName())
        .should()
        .callConstructor(java.net.Socket.class)
        .orShould()
        .callConstructor(java.net.Socket.class, java.net.Proxy.class)
        .orShould()
        .callConstructor(java.net.Socket.class, String.class, int.class)
        .orShould()
        .callConstructor(java.net.DatagramSocket.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.MulticastSocket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLConnection")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URL")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.channels.SocketChannel")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.channels.DatagramChannel")
        .check(MAIN);
  }

  @Test
  void reach_groupAddresses_refused() throws Exception {
    for (String one : List.of("239.255.255.250", "ff02::c", "255.255.255.255", "0.0.0.0")) {
      InetAddress address = InetAddress.getByName(one);
      assertThatThrownBy(() -> new Reach(address, Limits.usual()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void reach_boundsConnectionsAndTime() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 50, here)) {
      Limits two =
          new Limits(
              Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 100, 100);
      Reach reach = new Reach(here, two);
      reach.connect(server.getLocalPort()).close();
      reach.connect(server.getLocalPort()).close();
      assertThatThrownBy(() -> reach.connect(server.getLocalPort()))
          .isInstanceOfSatisfying(
              BudgetException.class,
              e -> assertThat(e.reason()).isEqualTo(BudgetException.Reason.CONNECTIONS));
      assertThatThrownBy(() -> reach.read(101)).isInstanceOf(BudgetException.class);
    }
  }

  @Test
  void serverHello_anyBytes_neverThrows() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      if (bytes.length > 6) {
        bytes[0] = 22;
        bytes[5] = 2;
      }
      assertThat(TlsHello.parse(bytes, TlsHello.TLS12)).isNotNull();
    }
  }
}
