// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Users, logs, certificates, relays and capabilities. JAXB fills the fields; what a message lacks
 * is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class DeviceTypes {
  private DeviceTypes() {}

  public static class SystemLog {
    public AttachmentData Binary;
    public String String;
  }

  public static class SupportInformation {
    public AttachmentData Binary;
    public String String;
  }

  public static class Scope {
    public String ScopeDef;
    public String ScopeItem;
  }

  public static class User {
    public String Username;
    public String Password;
    public String UserLevel;
  }

  public static class Capabilities {
    public DeviceCapabilities Device;
    public EventCapabilities Events;
    public ImagingCapabilities Imaging;
    public MediaCapabilities Media;
    public CapabilitiesExtension Extension;
  }

  public static class Certificate {
    public String CertificateID;
    public BinaryData Certificate;
  }

  public static class CertificateStatus {
    public String CertificateID;
    public Boolean Status;
  }

  public static class RelayOutput extends MediaTypes.DeviceEntity {
    public RelayOutputSettings Properties;
  }

  public static class DigitalInput extends MediaTypes.DeviceEntity {
    @XmlAttribute(name = "IdleState")
    public String IdleState;
  }

  public static class AttachmentData {}

  public static class DeviceCapabilities {
    public String XAddr;
    public NetworkCapabilities Network;
    public SystemCapabilities System;
    public IOCapabilities IO;
    public SecurityCapabilities Security;
  }

  public static class EventCapabilities {
    public String XAddr;
    public Boolean WSSubscriptionPolicySupport;
    public Boolean WSPullPointSupport;
    public Boolean WSPausableSubscriptionManagerInterfaceSupport;
  }

  public static class ImagingCapabilities {
    public String XAddr;
  }

  public static class MediaCapabilities {
    public String XAddr;
    public RealTimeStreamingCapabilities StreamingCapabilities;
  }

  public static class CapabilitiesExtension {
    public DeviceIOCapabilities DeviceIO;
    public RecordingCapabilities Recording;
    public SearchCapabilities Search;
    public ReplayCapabilities Replay;
    public CapabilitiesExtension2 Extensions;
  }

  public static class BinaryData {
    public byte[] Data;
  }

  public static class RelayOutputSettings {
    public String Mode;
    public String DelayTime;
    public String IdleState;
  }

  public static class NetworkCapabilities {
    public Boolean IPFilter;
    public Boolean ZeroConfiguration;
    public Boolean IPVersion6;
    public Boolean DynDNS;
  }

  public static class SystemCapabilities {
    public Boolean DiscoveryResolve;
    public Boolean DiscoveryBye;
    public Boolean RemoteDiscovery;
    public Boolean SystemBackup;
    public Boolean SystemLogging;
    public Boolean FirmwareUpgrade;
    public List<MediaTypes.OnvifVersion> SupportedVersions = new ArrayList<>();
  }

  public static class IOCapabilities {
    public Integer InputConnectors;
    public Integer RelayOutputs;
  }

  public static class SecurityCapabilities {
    @XmlElement(name = "TLS1.1")
    public Boolean TLS1_1;

    @XmlElement(name = "TLS1.2")
    public Boolean TLS1_2;

    public Boolean OnboardKeyGeneration;
    public Boolean AccessPolicyConfig;

    @XmlElement(name = "X.509Token")
    public Boolean X_509Token;

    public Boolean SAMLToken;
    public Boolean KerberosToken;
    public Boolean RELToken;
  }

  public static class RealTimeStreamingCapabilities {
    public Boolean RTP_TCP;
    public Boolean RTP_RTSP_TCP;
  }

  public static class DeviceIOCapabilities {
    public String XAddr;
    public Integer VideoSources;
    public Integer VideoOutputs;
    public Integer AudioSources;
    public Integer AudioOutputs;
    public Integer RelayOutputs;
  }

  public static class RecordingCapabilities {
    public String XAddr;
    public Boolean ReceiverSource;
    public Boolean MediaProfileSource;
    public Boolean DynamicRecordings;
    public Boolean DynamicTracks;
    public Integer MaxStringLength;
  }

  public static class SearchCapabilities {
    public String XAddr;
    public Boolean MetadataSearch;
    public Boolean NLSearch;
    public Boolean ImageSearch;
  }

  public static class ReplayCapabilities {
    public String XAddr;
  }

  public static class CapabilitiesExtension2 {}
}
