// SPDX-License-Identifier: Apache-2.0
package org.refcam;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may open connections: the way out, and named classes that serve or stay on the machine. */
class OutboundTest {
  private static final String EGRESS = "org.refcam.egress.";

  /** Calls that make or connect a socket, whether they send at once or not. */
  private static final Set<String> OPENERS =
      Set.of(
          "java.net.Socket.<init>",
          "java.net.Socket.connect",
          "java.net.DatagramSocket.<init>",
          "java.net.MulticastSocket.<init>",
          "java.net.URL.openConnection",
          "java.net.URL.openStream",
          "java.net.http.HttpClient.newHttpClient",
          "java.net.http.HttpClient.newBuilder",
          "java.nio.channels.SocketChannel.open",
          "java.nio.channels.SocketChannel.connect",
          "java.nio.channels.AsynchronousSocketChannel.open",
          "java.nio.channels.DatagramChannel.open",
          "javax.net.SocketFactory.createSocket",
          "javax.net.ssl.SSLSocketFactory.createSocket",
          "io.netty.bootstrap.Bootstrap.<init>",
          "com.jcraft.jsch.JSch.getSession");

  /** Each with the reason why it is no way out. */
  private static final Set<String> ALLOWED =
      Set.of(
          // a UNIX socket in the data directory
          "org.refcam.camera.StatusSocket",
          // the camera's own page on this machine, by its pinned certificate
          "org.refcam.camera.HealthProbes",
          // TLS over a socket that it is given
          "org.refcam.audit.SyslogTls",
          // the same
          "org.refcam.identity.OutboundSockets",
          // the SSH library, whose only sockets are those of JschSockets
          "org.refcam.remote.SftpStore",
          // the TPM that who starts the camera names
          "org.refcam.tpm.TpmTransport",
          // SRTP to who watches, INV-RTSP-2
          "org.refcam.rtsp.UdpPorts",
          // answers to who asks on the own network, when the owner has turned discovery on
          "org.refcam.onvif.DiscoveryResponder");

  @Test
  @DisplayName("INV-EGRESS-1 no other class opens a connection")
  void sockets_areOpenedByTheWayOutAlone() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.refcam")) {
      opened(type)
          .filter(call -> !type.getName().startsWith(EGRESS))
          .filter(call -> !ALLOWED.contains(outermost(type)))
          .forEach(call -> found.add(type.getName() + " calls " + call));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void openers_areSeen() {
    JavaClass egress = new ClassFileImporter().importClass(org.refcam.egress.Egress.class);
    assertThat(opened(egress))
        .contains("java.net.Socket.<init>", "javax.net.ssl.SSLSocketFactory.createSocket");
  }

  private static Stream<String> opened(JavaClass type) {
    return type.getCodeUnitAccessesFromSelf().stream()
        .map(OutboundTest::name)
        .filter(OPENERS::contains);
  }

  private static String name(JavaCodeUnitAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }

  private static String outermost(JavaClass type) {
    String name = type.getName();
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }
}
