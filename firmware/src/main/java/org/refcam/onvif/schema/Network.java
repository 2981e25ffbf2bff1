// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Addresses, interfaces and protocols. JAXB fills the fields; what a message lacks is null, or an
 * empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Network {
  private Network() {}

  public static class HostnameInformation {
    public Boolean FromDHCP;
    public String Name;
  }

  public static class DNSInformation {
    public Boolean FromDHCP;
    public List<String> SearchDomain = new ArrayList<>();
    public List<IPAddress> DNSFromDHCP = new ArrayList<>();
    public List<IPAddress> DNSManual = new ArrayList<>();
  }

  public static class NTPInformation {
    public Boolean FromDHCP;
    public List<NetworkHost> NTPFromDHCP = new ArrayList<>();
    public List<NetworkHost> NTPManual = new ArrayList<>();
  }

  public static class NetworkInterface extends MediaTypes.DeviceEntity {
    public Boolean Enabled;
    public NetworkInterfaceInfo Info;
    public NetworkInterfaceLink Link;
    public IPv4NetworkInterface IPv4;
  }

  public static class NetworkProtocol {
    public String Name;
    public Boolean Enabled;
    public List<Integer> Port = new ArrayList<>();
  }

  public static class NetworkGateway {
    public List<String> IPv4Address = new ArrayList<>();
    public List<String> IPv6Address = new ArrayList<>();
  }

  public static class NetworkZeroConfiguration {
    public String InterfaceToken;
    public Boolean Enabled;
    public List<String> Addresses = new ArrayList<>();
  }

  public static class IPAddress {
    public String Type;
    public String IPv4Address;
    public String IPv6Address;
  }

  public static class NetworkHost {
    public String Type;
    public String IPv4Address;
    public String IPv6Address;
    public String DNSname;
  }

  public static class NetworkInterfaceInfo {
    public String Name;
    public String HwAddress;
    public Integer MTU;
  }

  public static class NetworkInterfaceLink {
    public NetworkInterfaceConnectionSetting AdminSettings;
    public NetworkInterfaceConnectionSetting OperSettings;
    public Integer InterfaceType;
  }

  public static class NetworkInterfaceSetConfiguration {
    public Boolean Enabled;
    public NetworkInterfaceConnectionSetting Link;
    public Integer MTU;
    public IPv4NetworkInterfaceSetConfiguration IPv4;
    public IPv6NetworkInterfaceSetConfiguration IPv6;
  }

  public static class IPv4NetworkInterfaceSetConfiguration {
    public Boolean Enabled;
    public List<PrefixedIPv4Address> Manual = new ArrayList<>();
    public Boolean DHCP;
  }

  public static class IPv6NetworkInterfaceSetConfiguration {
    public Boolean Enabled;
  }

  public static class IPv4NetworkInterface {
    public Boolean Enabled;
    public IPv4Configuration Config;
  }

  public static class MulticastConfiguration {
    public IPAddress Address;
    public Integer Port;
    public Integer TTL;
    public Boolean AutoStart;
  }

  public static class NetworkInterfaceConnectionSetting {
    public Boolean AutoNegotiation;
    public Integer Speed;
    public String Duplex;
  }

  public static class IPv4Configuration {
    public List<PrefixedIPv4Address> Manual = new ArrayList<>();
    public PrefixedIPv4Address LinkLocal;
    public PrefixedIPv4Address FromDHCP;
    public Boolean DHCP;
  }

  public static class PrefixedIPv4Address {
    public String Address;
    public Integer PrefixLength;
  }
}
