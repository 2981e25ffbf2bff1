// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Dates;
import org.refcam.onvif.schema.DeviceTypes;

/**
 * Information, clock, reset, logs, certificates. JAXB fills the fields; what a message lacks is
 * null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class SystemMessages {
  private SystemMessages() {}

  @XmlRootElement(name = "GetDeviceInformation")
  public static class GetDeviceInformation {}

  @XmlRootElement(name = "GetDeviceInformationResponse")
  public static class GetDeviceInformationResponse {
    public String Manufacturer;
    public String Model;
    public String FirmwareVersion;
    public String SerialNumber;
    public String HardwareId;
  }

  @XmlRootElement(name = "SetSystemDateAndTime")
  public static class SetSystemDateAndTime {
    public String DateTimeType;
    public Boolean DaylightSavings;
    public Dates.TimeZone TimeZone;
    public Dates.DateTime UTCDateTime;
  }

  @XmlRootElement(name = "SetSystemDateAndTimeResponse")
  public static class SetSystemDateAndTimeResponse {}

  @XmlRootElement(name = "GetSystemDateAndTime")
  public static class GetSystemDateAndTime {}

  @XmlRootElement(name = "GetSystemDateAndTimeResponse")
  public static class GetSystemDateAndTimeResponse {
    public Dates.SystemDateTime SystemDateAndTime;
  }

  @XmlRootElement(name = "SetSystemFactoryDefault")
  public static class SetSystemFactoryDefault {
    public String FactoryDefault;
  }

  @XmlRootElement(name = "SetSystemFactoryDefaultResponse")
  public static class SetSystemFactoryDefaultResponse {}

  @XmlRootElement(name = "SystemReboot")
  public static class SystemReboot {}

  @XmlRootElement(name = "SystemRebootResponse")
  public static class SystemRebootResponse {
    public String Message;
  }

  @XmlRootElement(name = "GetSystemLog")
  public static class GetSystemLog {
    public String LogType;
  }

  @XmlRootElement(name = "GetSystemLogResponse")
  public static class GetSystemLogResponse {
    public DeviceTypes.SystemLog SystemLog;
  }

  @XmlRootElement(name = "GetSystemSupportInformation")
  public static class GetSystemSupportInformation {}

  @XmlRootElement(name = "GetSystemSupportInformationResponse")
  public static class GetSystemSupportInformationResponse {
    public DeviceTypes.SupportInformation SupportInformation;
  }

  @XmlRootElement(name = "GetCertificates")
  public static class GetCertificates {}

  @XmlRootElement(name = "GetCertificatesResponse")
  public static class GetCertificatesResponse {
    public List<DeviceTypes.Certificate> NvtCertificate = new ArrayList<>();
  }

  @XmlRootElement(name = "GetCertificatesStatus")
  public static class GetCertificatesStatus {}

  @XmlRootElement(name = "GetCertificatesStatusResponse")
  public static class GetCertificatesStatusResponse {
    public List<DeviceTypes.CertificateStatus> CertificateStatus = new ArrayList<>();
  }

  @XmlRootElement(name = "GetClientCertificateMode")
  public static class GetClientCertificateMode {}

  @XmlRootElement(name = "GetClientCertificateModeResponse")
  public static class GetClientCertificateModeResponse {
    public Boolean Enabled;
  }

  @XmlRootElement(name = "GetRelayOutputs")
  public static class GetRelayOutputs {}

  @XmlRootElement(name = "GetRelayOutputsResponse")
  public static class GetRelayOutputsResponse {
    public List<DeviceTypes.RelayOutput> RelayOutputs = new ArrayList<>();
  }

  @XmlRootElement(name = "StartFirmwareUpgrade")
  public static class StartFirmwareUpgrade {}

  @XmlRootElement(name = "StartFirmwareUpgradeResponse")
  public static class StartFirmwareUpgradeResponse {
    public String UploadUri;
    public String UploadDelay;
    public String ExpectedDownTime;
  }
}
