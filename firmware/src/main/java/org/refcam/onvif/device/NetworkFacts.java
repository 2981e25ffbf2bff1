// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.device.NetworkMessages.GetDNSResponse;
import org.refcam.onvif.device.NetworkMessages.GetHostnameResponse;
import org.refcam.onvif.device.NetworkMessages.GetNTPResponse;
import org.refcam.onvif.device.NetworkMessages.GetNetworkDefaultGatewayResponse;
import org.refcam.onvif.device.NetworkMessages.GetNetworkProtocolsResponse;
import org.refcam.onvif.device.NetworkMessages.GetZeroConfigurationResponse;
import org.refcam.onvif.schema.Network;
import org.refcam.onvif.schema.Network.DNSInformation;
import org.refcam.onvif.schema.Network.HostnameInformation;
import org.refcam.onvif.schema.Network.IPAddress;
import org.refcam.onvif.schema.Network.IPv4Configuration;
import org.refcam.onvif.schema.Network.IPv4NetworkInterface;
import org.refcam.onvif.schema.Network.NTPInformation;
import org.refcam.onvif.schema.Network.NetworkGateway;
import org.refcam.onvif.schema.Network.NetworkInterfaceInfo;
import org.refcam.onvif.schema.Network.NetworkProtocol;
import org.refcam.onvif.schema.Network.NetworkZeroConfiguration;
import org.refcam.onvif.schema.Network.PrefixedIPv4Address;

/** The network as the operating system has set it; read anew each time. Stateless. */
final class NetworkFacts {
  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path RESOLVER = Path.of("/etc/resolv.conf");
  private static final Path ROUTES = Path.of("/proc/net/route");
  static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  private NetworkFacts() {}

  static GetHostnameResponse hostname() {
    GetHostnameResponse response = new GetHostnameResponse();
    response.HostnameInformation = new HostnameInformation();
    response.HostnameInformation.FromDHCP = false;
    lines(HOSTNAME).stream()
        .filter(name -> name.matches(LABEL))
        .findFirst()
        .ifPresent(name -> response.HostnameInformation.Name = name);
    return response;
  }

  static GetDNSResponse dns() {
    GetDNSResponse response = new GetDNSResponse();
    response.DNSInformation = new DNSInformation();
    response.DNSInformation.FromDHCP = false;
    for (String line : lines(RESOLVER)) {
      String[] words = line.trim().split("\\s+");
      if (words.length > 1 && words[0].equals("nameserver")) {
        boolean six = words[1].contains(":");
        IPAddress address = new IPAddress();
        address.Type = six ? "IPv6" : "IPv4";
        if (six) {
          address.IPv6Address = words[1];
        } else {
          address.IPv4Address = words[1];
        }
        response.DNSInformation.DNSManual.add(address);
      }
    }
    return response;
  }

  /** The operating system has its own time servers; the camera does not know them. */
  static GetNTPResponse ntp() {
    GetNTPResponse response = new GetNTPResponse();
    response.NTPInformation = new NTPInformation();
    response.NTPInformation.FromDHCP = false;
    return response;
  }

  static List<Network.NetworkInterface> interfaces() throws IOException {
    List<Network.NetworkInterface> all = new ArrayList<>();
    try {
      NetworkInterface.networkInterfaces().forEach(one -> all.add(describe(one)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return all;
  }

  private static Network.NetworkInterface describe(NetworkInterface one) {
    Network.NetworkInterface made = new Network.NetworkInterface();
    made.token = one.getName();
    made.Info = new NetworkInterfaceInfo();
    made.Info.Name = one.getName();
    try {
      made.Enabled = one.isUp();
      byte[] hardware = one.getHardwareAddress();
      made.Info.HwAddress =
          hardware == null
              ? "00:00:00:00:00:00"
              : HexFormat.ofDelimiter(":").formatHex(hardware).toUpperCase(Locale.ROOT);
      made.Info.MTU = one.getMTU();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    made.IPv4 = new IPv4NetworkInterface();
    made.IPv4.Enabled = true;
    made.IPv4.Config = new IPv4Configuration();
    made.IPv4.Config.DHCP = false;
    for (InterfaceAddress address : one.getInterfaceAddresses()) {
      InetAddress inet = address.getAddress();
      if (inet instanceof Inet4Address) {
        PrefixedIPv4Address prefixed = new PrefixedIPv4Address();
        prefixed.Address = inet.getHostAddress();
        prefixed.PrefixLength = (int) address.getNetworkPrefixLength();
        made.IPv4.Config.Manual.add(prefixed);
      }
    }
    return made;
  }

  /** Nothing is served without TLS. */
  static GetNetworkProtocolsResponse protocols(DeviceControl.Facts facts) {
    GetNetworkProtocolsResponse response = new GetNetworkProtocolsResponse();
    response.NetworkProtocols.add(protocol("HTTP", false, 80));
    response.NetworkProtocols.add(protocol("HTTPS", true, facts.httpsPort()));
    response.NetworkProtocols.add(protocol("RTSP", true, facts.rtspsPort()));
    return response;
  }

  private static NetworkProtocol protocol(String name, boolean enabled, int port) {
    NetworkProtocol made = new NetworkProtocol();
    made.Name = name;
    made.Enabled = enabled;
    made.Port.add(port);
    return made;
  }

  /** The default route's gateway: /proc/net/route has it in hex, the last byte first. */
  static GetNetworkDefaultGatewayResponse gateway() {
    GetNetworkDefaultGatewayResponse response = new GetNetworkDefaultGatewayResponse();
    response.NetworkGateway = new NetworkGateway();
    for (String line : lines(ROUTES)) {
      String[] words = line.trim().split("\\s+");
      if (words.length > 2 && words[1].equals("00000000") && words[2].matches("[0-9A-F]{8}")) {
        byte[] bytes = HexFormat.of().parseHex(words[2]);
        response.NetworkGateway.IPv4Address.add(
            "%d.%d.%d.%d"
                .formatted(bytes[3] & 0xFF, bytes[2] & 0xFF, bytes[1] & 0xFF, bytes[0] & 0xFF));
      }
    }
    return response;
  }

  static GetZeroConfigurationResponse zeroConfiguration() {
    GetZeroConfigurationResponse response = new GetZeroConfigurationResponse();
    response.ZeroConfiguration = new NetworkZeroConfiguration();
    response.ZeroConfiguration.InterfaceToken = "none";
    response.ZeroConfiguration.Enabled = false;
    return response;
  }

  /** Empty if the system has no such file. */
  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
