// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;

/** What the camera says to wishes for the network, which is not its own. */
class NetworkSettersTest {
  @TempDir Path data;

  private static void expect(SmallCamera camera, String operation, String inner, String fault) {
    Answer answer =
        camera.post(camera.client(Role.ADMINISTRATOR), Namespaces.TDS, operation, inner);
    assertThat(answer.status()).as(operation + answer).isIn(400, 500);
    assertThat(answer.body()).as(operation).contains("ter:" + fault);
  }

  @Test
  void otherThanWhatIsSo_isRefused() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      expect(camera, "SetHostname", "<n:Name>no such name</n:Name>", "InvalidHostname");
      expect(camera, "SetHostname", "<n:Name>not-this-host</n:Name>", "ActionNotSupported");
      expect(
          camera,
          "SetDNS",
          "<n:FromDHCP>false</n:FromDHCP><n:DNSManual><tt:Type>IPv4</tt:Type>"
              + "<tt:IPv4Address>203.0.113.9</tt:IPv4Address></n:DNSManual>",
          "ActionNotSupported");
      expect(
          camera,
          "SetNetworkInterfaces",
          "<n:InterfaceToken>none9</n:InterfaceToken><n:NetworkInterface/>",
          "InvalidNetworkInterface");
      expect(
          camera,
          "SetNetworkInterfaces",
          "<n:InterfaceToken>lo</n:InterfaceToken><n:NetworkInterface>"
              + "<tt:Enabled>false</tt:Enabled></n:NetworkInterface>",
          "ActionNotSupported");
      String protocol =
          "<n:NetworkProtocols><tt:Name>%s</tt:Name><tt:Enabled>true</tt:Enabled>"
              + "<tt:Port>%d</tt:Port></n:NetworkProtocols>";
      expect(camera, "SetNetworkProtocols", protocol.formatted("HTTP", 80), "ActionNotSupported");
      expect(camera, "SetNetworkProtocols", protocol.formatted("HTTPS", 1), "ActionNotSupported");
      expect(camera, "SetNetworkProtocols", protocol.formatted("FTP", 21), "ServiceNotSupported");
      expect(
          camera,
          "SetNetworkDefaultGateway",
          "<n:IPv4Address>203.0.113.1</n:IPv4Address>",
          "ActionNotSupported");
    }
  }
}
