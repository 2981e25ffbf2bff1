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

    @XmlAttribute(name = "OnboardKeyGeneration")
    public Boolean OnboardKeyGeneration;

    @XmlAttribute(name = "AccessPolicyConfig")
    public Boolean AccessPolicyConfig;

    @XmlAttribute(name = "DefaultAccessPolicy")
    public Boolean DefaultAccessPolicy;

    @XmlAttribute(name = "RemoteUserHandling")
    public Boolean RemoteUserHandling;

    @XmlAttribute(name = "X.509Token")
    public Boolean X_509Token;

    @XmlAttribute(name = "SAMLToken")
    public Boolean SAMLToken;

    @XmlAttribute(name = "KerberosToken")
    public Boolean KerberosToken;

    @XmlAttribute(name = "UsernameToken")
    public Boolean UsernameToken;

    @XmlAttribute(name = "HttpDigest")
    public Boolean HttpDigest;

    @XmlAttribute(name = "RELToken")
    public Boolean RELToken;

    @XmlAttribute(name = "JsonWebToken")
    public Boolean JsonWebToken;

    @XmlAttribute(name = "SupportedEAPMethods")
    public List<Integer> SupportedEAPMethods;

    @XmlAttribute(name = "MaxUsers")
    public Integer MaxUsers;

    @XmlAttribute(name = "MaxUserNameLength")
    public Integer MaxUserNameLength;

    @XmlAttribute(name = "MaxPasswordLength")
    public Integer MaxPasswordLength;

    @XmlAttribute(name = "SecurityPolicies")
    public List<String> SecurityPolicies;

    @XmlAttribute(name = "MaxPasswordHistory")
    public Integer MaxPasswordHistory;

    @XmlAttribute(name = "HashingAlgorithms")
    public List<String> HashingAlgorithms;

    @XmlAttribute(name = "MaxUserRoles")
    public Integer MaxUserRoles;
  }

  public static class SystemCapabilities {
    @XmlAttribute(name = "DiscoveryResolve")
    public Boolean DiscoveryResolve;

    @XmlAttribute(name = "DiscoveryBye")
    public Boolean DiscoveryBye;

    @XmlAttribute(name = "RemoteDiscovery")
    public Boolean RemoteDiscovery;

    @XmlAttribute(name = "SystemBackup")
    public Boolean SystemBackup;

    @XmlAttribute(name = "SystemLogging")
    public Boolean SystemLogging;

    @XmlAttribute(name = "CloudFirmwareUpgrade")
    public Boolean CloudFirmwareUpgrade;

    @XmlAttribute(name = "HttpFirmwareUpgrade")
    public Boolean HttpFirmwareUpgrade;

    @XmlAttribute(name = "HttpSystemBackup")
    public Boolean HttpSystemBackup;

    @XmlAttribute(name = "HttpSystemLogging")
    public Boolean HttpSystemLogging;

    @XmlAttribute(name = "HttpSupportInformation")
    public Boolean HttpSupportInformation;

    @XmlAttribute(name = "StorageConfiguration")
    public Boolean StorageConfiguration;

    @XmlAttribute(name = "MaxStorageConfigurations")
    public Integer MaxStorageConfigurations;

    @XmlAttribute(name = "StorageConfigurationRenewal")
    public Boolean StorageConfigurationRenewal;

    @XmlAttribute(name = "GeoLocationEntries")
    public Integer GeoLocationEntries;

    @XmlAttribute(name = "AutoGeo")
    public List<String> AutoGeo;

    @XmlAttribute(name = "StorageTypesSupported")
    public List<String> StorageTypesSupported;

    @XmlAttribute(name = "DiscoveryNotSupported")
    public Boolean DiscoveryNotSupported;

    @XmlAttribute(name = "NetworkConfigNotSupported")
    public Boolean NetworkConfigNotSupported;

    @XmlAttribute(name = "UserConfigNotSupported")
    public Boolean UserConfigNotSupported;

    @XmlAttribute(name = "Addons")
    public List<String> Addons;

    @XmlAttribute(name = "HardwareType")
    public String HardwareType;
  }

  public static class MiscCapabilities {
    @XmlAttribute(name = "AuxiliaryCommands")
    public List<String> AuxiliaryCommands;
  }
}
