// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Network;

/**
 * Network configuration. JAXB fills the fields; what a message lacks is null, or an empty list.
 * Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class NetworkMessages {
  private NetworkMessages() {}

  @XmlRootElement(name = "GetHostname")
  public static class GetHostname {}

  @XmlRootElement(name = "GetHostnameResponse")
  public static class GetHostnameResponse {
    public Network.HostnameInformation HostnameInformation;
  }

  @XmlRootElement(name = "GetDNS")
  public static class GetDNS {}

  @XmlRootElement(name = "GetDNSResponse")
  public static class GetDNSResponse {
    public Network.DNSInformation DNSInformation;
  }

  @XmlRootElement(name = "GetNTP")
  public static class GetNTP {}

  @XmlRootElement(name = "GetNTPResponse")
  public static class GetNTPResponse {
    public Network.NTPInformation NTPInformation;
  }

  @XmlRootElement(name = "GetNetworkInterfaces")
  public static class GetNetworkInterfaces {}

  @XmlRootElement(name = "GetNetworkInterfacesResponse")
  public static class GetNetworkInterfacesResponse {
    public List<Network.NetworkInterface> NetworkInterfaces = new ArrayList<>();
  }

  @XmlRootElement(name = "GetNetworkProtocols")
  public static class GetNetworkProtocols {}

  @XmlRootElement(name = "GetNetworkProtocolsResponse")
  public static class GetNetworkProtocolsResponse {
    public List<Network.NetworkProtocol> NetworkProtocols = new ArrayList<>();
  }

  @XmlRootElement(name = "GetNetworkDefaultGateway")
  public static class GetNetworkDefaultGateway {}

  @XmlRootElement(name = "GetNetworkDefaultGatewayResponse")
  public static class GetNetworkDefaultGatewayResponse {
    public Network.NetworkGateway NetworkGateway;
  }

  @XmlRootElement(name = "GetZeroConfiguration")
  public static class GetZeroConfiguration {}

  @XmlRootElement(name = "GetZeroConfigurationResponse")
  public static class GetZeroConfigurationResponse {
    public Network.NetworkZeroConfiguration ZeroConfiguration;
  }

  @XmlRootElement(name = "SetHostname")
  public static class SetHostname {
    public String Name;
  }

  @XmlRootElement(name = "SetHostnameResponse")
  public static class SetHostnameResponse {}

  @XmlRootElement(name = "SetDNS")
  public static class SetDNS {
    public Boolean FromDHCP;
    public List<String> SearchDomain = new ArrayList<>();
    public List<Network.IPAddress> DNSManual = new ArrayList<>();
  }

  @XmlRootElement(name = "SetDNSResponse")
  public static class SetDNSResponse {}

  @XmlRootElement(name = "SetNetworkInterfaces")
  public static class SetNetworkInterfaces {
    public String InterfaceToken;
    public Network.NetworkInterfaceSetConfiguration NetworkInterface;
  }

  @XmlRootElement(name = "SetNetworkInterfacesResponse")
  public static class SetNetworkInterfacesResponse {
    public Boolean RebootNeeded;
  }

  @XmlRootElement(name = "SetNetworkProtocols")
  public static class SetNetworkProtocols {
    public List<Network.NetworkProtocol> NetworkProtocols = new ArrayList<>();
  }

  @XmlRootElement(name = "SetNetworkProtocolsResponse")
  public static class SetNetworkProtocolsResponse {}

  @XmlRootElement(name = "SetNetworkDefaultGateway")
  public static class SetNetworkDefaultGateway {
    public List<String> IPv4Address = new ArrayList<>();
    public List<String> IPv6Address = new ArrayList<>();
  }

  @XmlRootElement(name = "SetNetworkDefaultGatewayResponse")
  public static class SetNetworkDefaultGatewayResponse {}

  public static class NetworkCapabilities {
    @XmlAttribute(name = "IPFilter")
    public Boolean IPFilter;

    @XmlAttribute(name = "ZeroConfiguration")
    public Boolean ZeroConfiguration;

    @XmlAttribute(name = "IPVersion6")
    public Boolean IPVersion6;

    @XmlAttribute(name = "DynDNS")
    public Boolean DynDNS;

    @XmlAttribute(name = "HostnameFromDHCP")
    public Boolean HostnameFromDHCP;

    @XmlAttribute(name = "NTP")
    public Integer NTP;

    @XmlAttribute(name = "DHCPv6")
    public Boolean DHCPv6;
  }
}
