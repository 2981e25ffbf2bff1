// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import static org.refcam.onvif.Values.required;
import static org.refcam.onvif.Values.store;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.device.NetworkMessages.SetDNS;
import org.refcam.onvif.device.NetworkMessages.SetNetworkDefaultGateway;
import org.refcam.onvif.device.NetworkMessages.SetNetworkInterfaces;
import org.refcam.onvif.device.NetworkMessages.SetNetworkProtocols;
import org.refcam.onvif.schema.Network;
import org.refcam.onvif.schema.Network.IPAddress;
import org.refcam.onvif.schema.Network.NetworkProtocol;
import org.refcam.onvif.schema.Network.PrefixedIPv4Address;

/**
 * Wishes for the network. It is the operating system's: the camera's process has no right to change
 * it, and a recorder's credential must not move a camera off its network. So asking for what is so
 * succeeds, as after a client's "read all, write all back"; everything else is refused, and nothing
 * changes. Stateless.
 */
final class NetworkDesk {
  private static final List<String> PROTOCOLS = List.of("HTTP", "HTTPS", "RTSP");

  private final DeviceControl device;

  NetworkDesk(DeviceControl device) {
    this.device = device;
  }

  /**
   * @throws OnvifFault InvalidArgVal/InvalidHostname, ActionNotSupported
   */
  void hostname(@Nullable String wanted) {
    String name = required(wanted, "Name");
    if (!name.matches(NetworkFacts.LABEL)) {
      throw OnvifFault.invalid("InvalidHostname", "this is no name of a host");
    }
    require(name.equals(NetworkFacts.hostname().HostnameInformation.Name));
  }

  void dns(SetDNS wanted) {
    required(wanted.FromDHCP, "FromDHCP");
    Network.DNSInformation now = NetworkFacts.dns().DNSInformation;
    require(
        !wanted.FromDHCP
            && wanted.SearchDomain.isEmpty()
            && addresses(wanted.DNSManual).equals(addresses(now.DNSManual)));
  }

  /**
   * @throws OnvifFault InvalidArgVal/InvalidNetworkInterface, ActionNotSupported
   */
  void networkInterface(SetNetworkInterfaces wanted) {
    String token = required(wanted.InterfaceToken, "InterfaceToken");
    Network.NetworkInterfaceSetConfiguration set =
        required(wanted.NetworkInterface, "NetworkInterface");
    store(() -> require(same(set, find(token))));
  }

  private static Network.NetworkInterface find(String token) throws IOException {
    return NetworkFacts.interfaces().stream()
        .filter(one -> one.token.equals(token))
        .findFirst()
        .orElseThrow(
            () -> OnvifFault.invalid("InvalidNetworkInterface", "there is no such interface"));
  }

  private static boolean same(
      Network.NetworkInterfaceSetConfiguration wanted, Network.NetworkInterface now) {
    boolean four =
        wanted.IPv4 == null
            || sameOrNull(wanted.IPv4.Enabled, now.IPv4.Enabled)
                && sameOrNull(wanted.IPv4.DHCP, now.IPv4.Config.DHCP)
                && (wanted.IPv4.Manual.isEmpty()
                    || prefixed(wanted.IPv4.Manual).equals(prefixed(now.IPv4.Config.Manual)));
    return four
        && wanted.Link == null
        && wanted.IPv6 == null
        && sameOrNull(wanted.Enabled, now.Enabled)
        && sameOrNull(wanted.MTU, now.Info.MTU);
  }

  /**
   * @throws OnvifFault InvalidArgVal/ServiceNotSupported for a protocol that is not ONVIF's,
   *     ActionNotSupported for a port or a state that is not so already
   */
  void protocols(SetNetworkProtocols wanted) {
    List<NetworkProtocol> now = NetworkFacts.protocols(device.facts()).NetworkProtocols;
    if (wanted.NetworkProtocols.isEmpty()) {
      throw OnvifFault.of(Code.INVALID_ARGS, "the request lacks NetworkProtocols");
    }
    for (NetworkProtocol one : wanted.NetworkProtocols) {
      if (!PROTOCOLS.contains(required(one.Name, "Name"))) {
        throw OnvifFault.invalid("ServiceNotSupported", "there is no such protocol");
      }
      require(
          now.stream()
              .filter(mine -> mine.Name.equals(one.Name))
              .anyMatch(
                  mine ->
                      mine.Enabled.equals(one.Enabled)
                          && (one.Port.isEmpty() || mine.Port.equals(one.Port))));
    }
  }

  void gateway(SetNetworkDefaultGateway wanted) {
    require(
        wanted.IPv6Address.isEmpty()
            && wanted.IPv4Address.equals(NetworkFacts.gateway().NetworkGateway.IPv4Address));
  }

  private static boolean sameOrNull(@Nullable Object wanted, @Nullable Object now) {
    return wanted == null || wanted.equals(now);
  }

  private static List<String> addresses(List<IPAddress> list) {
    return list.stream()
        .flatMap(
            one -> Stream.ofNullable(one.IPv4Address == null ? one.IPv6Address : one.IPv4Address))
        .toList();
  }

  private static List<String> prefixed(List<PrefixedIPv4Address> list) {
    return list.stream().map(one -> one.Address + "/" + one.PrefixLength).toList();
  }

  private static void require(boolean alreadySo) {
    if (!alreadySo) {
      throw OnvifFault.of(
          Code.ACTION_NOT_SUPPORTED, "the operating system sets the network, not the camera");
    }
  }
}
