// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.DeviceTypes;
import org.refcam.onvif.schema.MediaTypes;
import org.w3c.dom.Element;

/**
 * Services and their capabilities. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Services {
  private Services() {}

  @XmlRootElement(name = "GetServices")
  public static class GetServices {
    public Boolean IncludeCapability;
  }

  @XmlRootElement(name = "GetServicesResponse")
  public static class GetServicesResponse {
    public List<Service> Service = new ArrayList<>();
  }

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public DeviceServiceCapabilities Capabilities;
  }

  @XmlRootElement(name = "GetWsdlUrl")
  public static class GetWsdlUrl {}

  @XmlRootElement(name = "GetWsdlUrlResponse")
  public static class GetWsdlUrlResponse {
    public String WsdlUrl;
  }

  @XmlRootElement(name = "GetCapabilities")
  public static class GetCapabilities {
    public List<String> Category = new ArrayList<>();
  }

  @XmlRootElement(name = "GetCapabilitiesResponse")
  public static class GetCapabilitiesResponse {
    public DeviceTypes.Capabilities Capabilities;
  }

  public static class Service {
    public String Namespace;
    public String XAddr;
    public ServiceCapabilities Capabilities;
    public MediaTypes.OnvifVersion Version;
  }

  public static class DeviceServiceCapabilities {
    public NetworkMessages.NetworkCapabilities Network;
    public SecurityCapabilities Security;
    public SystemCapabilities System;
    public MiscCapabilities Misc;
  }

  public static class ServiceCapabilities {
    @XmlAnyElement public Element any;
  }

  public static class SecurityCapabilities {
    @XmlAttribute(name = "TLS1.0")
    public Boolean TLS1_0;

    @XmlAttribute(name = "TLS1.1")
    public Boolean TLS1_1;

    @XmlAttribute(name = "TLS1.2")
    public Boolean TLS1_2;

    @XmlAttribute public Boolean OnboardKeyGeneration;
    @XmlAttribute public Boolean AccessPolicyConfig;
    @XmlAttribute public Boolean DefaultAccessPolicy;
    @XmlAttribute public Boolean RemoteUserHandling;

    @XmlAttribute(name = "X.509Token")
    public Boolean X_509Token;

    @XmlAttribute public Boolean SAMLToken;
    @XmlAttribute public Boolean KerberosToken;
    @XmlAttribute public Boolean UsernameToken;
    @XmlAttribute public Boolean HttpDigest;
    @XmlAttribute public Boolean RELToken;
    @XmlAttribute public Boolean JsonWebToken;
    @XmlAttribute public List<Integer> SupportedEAPMethods;
    @XmlAttribute public Integer MaxUsers;
    @XmlAttribute public Integer MaxUserNameLength;
    @XmlAttribute public Integer MaxPasswordLength;
    @XmlAttribute public List<String> SecurityPolicies;
    @XmlAttribute public Integer MaxPasswordHistory;
    @XmlAttribute public List<String> HashingAlgorithms;
    @XmlAttribute public Integer MaxUserRoles;
  }

  public static class SystemCapabilities {
    @XmlAttribute public Boolean DiscoveryResolve;
    @XmlAttribute public Boolean DiscoveryBye;
    @XmlAttribute public Boolean RemoteDiscovery;
    @XmlAttribute public Boolean SystemBackup;
    @XmlAttribute public Boolean SystemLogging;
    @XmlAttribute public Boolean CloudFirmwareUpgrade;
    @XmlAttribute public Boolean HttpFirmwareUpgrade;
    @XmlAttribute public Boolean HttpSystemBackup;
    @XmlAttribute public Boolean HttpSystemLogging;
    @XmlAttribute public Boolean HttpSupportInformation;
    @XmlAttribute public Boolean StorageConfiguration;
    @XmlAttribute public Integer MaxStorageConfigurations;
    @XmlAttribute public Boolean StorageConfigurationRenewal;
    @XmlAttribute public Integer GeoLocationEntries;
    @XmlAttribute public List<String> AutoGeo;
    @XmlAttribute public List<String> StorageTypesSupported;
    @XmlAttribute public Boolean DiscoveryNotSupported;
    @XmlAttribute public Boolean NetworkConfigNotSupported;
    @XmlAttribute public Boolean UserConfigNotSupported;
    @XmlAttribute public List<String> Addons;
    @XmlAttribute public String HardwareType;
  }

  public static class MiscCapabilities {
    @XmlAttribute public List<String> AuxiliaryCommands;
  }
}
