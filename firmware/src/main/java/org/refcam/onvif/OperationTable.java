// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.refcam.onvif.AccessClass.ACTUATE;
import static org.refcam.onvif.AccessClass.PRE_AUTH;
import static org.refcam.onvif.AccessClass.READ_MEDIA;
import static org.refcam.onvif.AccessClass.READ_SYSTEM;
import static org.refcam.onvif.AccessClass.READ_SYSTEM_SECRET;
import static org.refcam.onvif.AccessClass.UNRECOVERABLE;
import static org.refcam.onvif.AccessClass.WRITE_SYSTEM;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;

/**
 * Every operation that the camera answers, with what it touches. What is not here is refused.
 *
 * <p>Classes are those of the service specifications, with five that are stricter: privacy masks,
 * the sensor's settings, motion rules and recording are changed by administrators only, because
 * they decide what is recorded, and only they have a key sign a request.
 */
final class OperationTable {
  /** What answers before the camera has an owner. */
  static final Set<QName> BEFORE_SET_UP =
      Set.of(
          tds("GetSystemDateAndTime"),
          tds("GetServices"),
          tds("GetCapabilities"),
          tds("GetServiceCapabilities"));

  private static final Map<QName, AccessClass> TABLE = new LinkedHashMap<>();

  static {
    device();
    media();
    media2();
    others();
    recordings();
    security();
  }

  private OperationTable() {}

  static Optional<AccessClass> find(QName request) {
    return Optional.ofNullable(TABLE.get(request));
  }

  static Map<QName, AccessClass> all() {
    return Collections.unmodifiableMap(TABLE);
  }

  private static void device() {
    add(
        Namespaces.TDS,
        PRE_AUTH,
        "GetServices GetServiceCapabilities GetCapabilities GetSystemDateAndTime GetHostname"
            + " GetWsdlUrl GetEndpointReference");
    add(
        Namespaces.TDS,
        READ_SYSTEM,
        "GetDeviceInformation GetScopes GetDiscoveryMode GetDNS GetNTP GetNetworkInterfaces"
            + " GetNetworkProtocols GetNetworkDefaultGateway GetZeroConfiguration"
            + " GetCertificates GetCertificatesStatus GetClientCertificateMode");
    add(Namespaces.TDS, READ_MEDIA, "GetRelayOutputs");
    add(Namespaces.TDS, READ_SYSTEM_SECRET, "GetSystemLog GetSystemSupportInformation GetUsers");
    add(
        Namespaces.TDS,
        WRITE_SYSTEM,
        "SetSystemDateAndTime SetScopes AddScopes RemoveScopes SetDiscoveryMode CreateUsers"
            + " DeleteUsers SetUser SetHostname SetDNS SetNetworkInterfaces SetNetworkProtocols"
            + " SetNetworkDefaultGateway");
    add(Namespaces.TDS, UNRECOVERABLE, "SetSystemFactoryDefault SystemReboot StartFirmwareUpgrade");
  }

  private static void media() {
    add(Namespaces.TRT, PRE_AUTH, "GetServiceCapabilities");
    add(
        Namespaces.TRT,
        READ_MEDIA,
        "GetVideoSources GetProfile GetProfiles GetVideoSourceConfigurations"
            + " GetVideoEncoderConfigurations GetMetadataConfigurations"
            + " GetMetadataConfiguration GetMetadataConfigurationOptions"
            + " GetVideoSourceConfiguration GetVideoEncoderConfiguration"
            + " GetCompatibleVideoEncoderConfigurations"
            + " GetCompatibleVideoSourceConfigurations GetCompatibleMetadataConfigurations"
            + " GetVideoSourceConfigurationOptions GetVideoEncoderConfigurationOptions"
            + " GetGuaranteedNumberOfVideoEncoderInstances"
            + " GetStreamUri GetSnapshotUri SetSynchronizationPoint GetOSDs GetOSD GetOSDOptions");
    add(
        Namespaces.TRT,
        ACTUATE,
        "CreateProfile DeleteProfile AddVideoSourceConfiguration RemoveVideoSourceConfiguration"
            + " AddVideoEncoderConfiguration RemoveVideoEncoderConfiguration"
            + " AddMetadataConfiguration RemoveMetadataConfiguration SetMetadataConfiguration"
            + " SetVideoSourceConfiguration"
            + " SetVideoEncoderConfiguration SetOSD CreateOSD DeleteOSD");
  }

  private static void media2() {
    add(Namespaces.TR2, PRE_AUTH, "GetServiceCapabilities");
    add(
        Namespaces.TR2,
        READ_MEDIA,
        "GetProfiles GetVideoSourceConfigurations GetVideoEncoderConfigurations"
            + " GetMetadataConfigurations GetMetadataConfigurationOptions"
            + " GetAnalyticsConfigurations"
            + " GetVideoSourceConfigurationOptions GetVideoEncoderConfigurationOptions"
            + " GetVideoEncoderInstances GetStreamUri"
            + " SetSynchronizationPoint GetSnapshotUri GetOSDs GetOSDOptions GetMasks"
            + " GetMaskOptions");
    add(
        Namespaces.TR2,
        ACTUATE,
        "CreateProfile AddConfiguration RemoveConfiguration DeleteProfile"
            + " SetVideoSourceConfiguration SetVideoEncoderConfiguration SetMetadataConfiguration"
            + " SetOSD CreateOSD DeleteOSD");
    add(Namespaces.TR2, WRITE_SYSTEM, "SetMask CreateMask DeleteMask");
  }

  private static void others() {
    add(Namespaces.TEV, PRE_AUTH, "GetServiceCapabilities");
    add(
        Namespaces.TEV,
        READ_MEDIA,
        "GetEventProperties CreatePullPointSubscription PullMessages SetSynchronizationPoint");
    add(Namespaces.WSNT, READ_MEDIA, "Subscribe Renew Unsubscribe");
    add(Namespaces.TAN, PRE_AUTH, "GetServiceCapabilities");
    add(Namespaces.TAN, READ_MEDIA, "GetSupportedRules GetRules GetRuleOptions");
    add(Namespaces.TAN, WRITE_SYSTEM, "CreateRules ModifyRules DeleteRules");
    add(Namespaces.TIMG, PRE_AUTH, "GetServiceCapabilities");
    add(Namespaces.TIMG, READ_MEDIA, "GetImagingSettings GetOptions GetMoveOptions GetStatus");
    add(Namespaces.TIMG, WRITE_SYSTEM, "SetImagingSettings");
    add(Namespaces.TIMG, ACTUATE, "Move Stop");
    add(Namespaces.TMD, PRE_AUTH, "GetServiceCapabilities");
    add(Namespaces.TMD, READ_MEDIA, "GetVideoSources GetDigitalInputs");
  }

  /** Recording is an administrator's by REST too: who changes it decides what is kept. */
  private static void recordings() {
    add(Namespaces.TRC, PRE_AUTH, "GetServiceCapabilities");
    add(
        Namespaces.TRC,
        READ_MEDIA,
        "GetRecordings GetRecordingConfiguration GetTrackConfiguration GetRecordingOptions"
            + " GetRecordingJobs GetRecordingJobConfiguration GetRecordingJobState");
    add(
        Namespaces.TRC,
        WRITE_SYSTEM,
        "SetRecordingConfiguration SetTrackConfiguration CreateRecordingJob DeleteRecordingJob"
            + " SetRecordingJobConfiguration SetRecordingJobMode");
    add(Namespaces.TSE, PRE_AUTH, "GetServiceCapabilities");
    add(
        Namespaces.TSE,
        READ_MEDIA,
        "GetRecordingSummary GetRecordingInformation GetMediaAttributes FindRecordings"
            + " GetRecordingSearchResults FindEvents GetEventSearchResults EndSearch");
    add(Namespaces.TRP, PRE_AUTH, "GetServiceCapabilities");
    add(Namespaces.TRP, READ_MEDIA, "GetReplayUri GetReplayConfiguration");
    add(Namespaces.TRP, ACTUATE, "SetReplayConfiguration");
  }

  private static void security() {
    add(Namespaces.TAS, PRE_AUTH, "GetServiceCapabilities");
    add(Namespaces.TAS, READ_SYSTEM, "GetEnabledTLSVersions");
    add(
        Namespaces.TAS,
        READ_SYSTEM_SECRET,
        "GetKeyStatus GetPrivateKeyStatus GetAllKeys GetCertificate GetAllCertificates"
            + " GetCertificationPath GetAllCertificationPaths GetAssignedServerCertificates");
    add(
        Namespaces.TAS,
        WRITE_SYSTEM,
        "CreateECCKeyPair CreatePKCS10CSR CreateSelfSignedCertificate UploadCertificate"
            + " CreateCertificationPath AddServerCertificateAssignment RemoveServerCertificateAssignment"
            + " ReplaceServerCertificateAssignment");
    add(Namespaces.TAS, UNRECOVERABLE, "DeleteKey DeleteCertificate DeleteCertificationPath");
  }

  private static void add(String namespace, AccessClass accessClass, String operations) {
    for (String operation : operations.split(" ")) {
      if (TABLE.put(new QName(namespace, operation), accessClass) != null) {
        throw new AssertionError(operation + " is in the table twice");
      }
    }
  }

  private static QName tds(String operation) {
    return new QName(Namespaces.TDS, operation);
  }
}
