// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;

/** Finds the address under which others on the network reach this machine. */
final class LocalAddress {
  private LocalAddress() {}

  /** The bound address; for all addresses the first IPv4 one of a network, else loopback. */
  static String reachable(String bind) {
    if (!bind.equals("0.0.0.0") && !bind.equals("::")) {
      return bind.contains(":") ? "[" + bind + "]" : bind;
    }
    try {
      return NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse("127.0.0.1");
    } catch (SocketException e) {
      return "127.0.0.1";
    }
  }
}
