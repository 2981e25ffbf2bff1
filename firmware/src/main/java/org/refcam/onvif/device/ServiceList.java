// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import java.util.List;
import java.util.function.Supplier;
import javax.xml.namespace.QName;
import org.refcam.onvif.Call;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.XmlElements;
import org.refcam.onvif.advancedsecurity.AdvancedSecurityService;
import org.refcam.onvif.analytics.AnalyticsService;
import org.refcam.onvif.device.NetworkMessages.NetworkCapabilities;
import org.refcam.onvif.device.Services.DeviceServiceCapabilities;
import org.refcam.onvif.device.Services.GetServicesResponse;
import org.refcam.onvif.device.Services.MiscCapabilities;
import org.refcam.onvif.device.Services.SecurityCapabilities;
import org.refcam.onvif.device.Services.Service;
import org.refcam.onvif.device.Services.ServiceCapabilities;
import org.refcam.onvif.device.Services.SystemCapabilities;
import org.refcam.onvif.deviceio.DeviceIoService;
import org.refcam.onvif.events.EventService;
import org.refcam.onvif.imaging.ImagingService;
import org.refcam.onvif.media.MediaService;
import org.refcam.onvif.media2.Media2Service;
import org.refcam.onvif.recording.RecordingService;
import org.refcam.onvif.replay.ReplayService;
import org.refcam.onvif.schema.DeviceTypes.Capabilities;
import org.refcam.onvif.schema.MediaTypes.OnvifVersion;
import org.refcam.onvif.search.SearchService;

/** Which services there are and what they can do. Stateless. */
final class ServiceList {
  private static final int MOST_USERS = 64;

  /** A service, its major version in the release that its definition is of, and what it can do. */
  private record Offered(String namespace, String path, int major, Supplier<Object> capabilities) {}

  private static final List<Offered> OFFERED =
      List.of(
          new Offered(Namespaces.TDS, "device_service", 26, ServiceList::device),
          new Offered(Namespaces.TRT, "media_service", 2, MediaService::capabilities),
          new Offered(Namespaces.TR2, "media2_service", 26, Media2Service::capabilities),
          new Offered(Namespaces.TEV, "event_service", 26, EventService::capabilities),
          new Offered(Namespaces.TAN, "analytics_service", 26, AnalyticsService::capabilities),
          new Offered(Namespaces.TIMG, "imaging_service", 26, ImagingService::capabilities),
          new Offered(Namespaces.TMD, "deviceio_service", 26, DeviceIoService::capabilities),
          new Offered(Namespaces.TRC, "recording_service", 26, RecordingService::capabilities),
          new Offered(Namespaces.TSE, "search_service", 2, SearchService::capabilities),
          new Offered(Namespaces.TRP, "replay_service", 21, ReplayService::capabilities),
          new Offered(
              Namespaces.TAS,
              "advancedsecurity_service",
              26,
              AdvancedSecurityService::capabilities));

  GetServicesResponse services(boolean withCapabilities) {
    GetServicesResponse response = new GetServicesResponse();
    for (Offered one : OFFERED) {
      Service service = new Service();
      service.Namespace = one.namespace();
      service.XAddr = Call.current().address(one.path());
      service.Version = new OnvifVersion();
      service.Version.Major = one.major();
      service.Version.Minor = 6;
      if (withCapabilities) {
        service.Capabilities = new ServiceCapabilities();
        service.Capabilities.any =
            XmlElements.of(new QName(one.namespace(), "Capabilities"), one.capabilities().get());
      }
      response.Service.add(service);
    }
    return response;
  }

  static DeviceServiceCapabilities device() {
    DeviceServiceCapabilities made = new DeviceServiceCapabilities();
    made.Network = new NetworkCapabilities();
    made.Network.IPFilter = false;
    made.Network.ZeroConfiguration = false;
    made.Network.IPVersion6 = false;
    made.Network.DynDNS = false;
    made.Network.HostnameFromDHCP = false;
    made.Network.NTP = 0;
    made.Network.DHCPv6 = false;
    made.Security = security();
    made.System = new SystemCapabilities();
    made.System.DiscoveryResolve = true;
    made.System.DiscoveryBye = true;
    made.System.RemoteDiscovery = false;
    made.System.SystemBackup = false;
    made.System.SystemLogging = true;
    made.System.HttpFirmwareUpgrade = true;
    made.System.HttpSystemBackup = false;
    made.System.HttpSystemLogging = false;
    made.System.HttpSupportInformation = false;
    made.System.StorageConfiguration = false;
    made.System.NetworkConfigNotSupported = true; // the operating system's, and stays its
    made.Misc = new MiscCapabilities();
    return made;
  }

  private static SecurityCapabilities security() {
    SecurityCapabilities made = new SecurityCapabilities();
    made.TLS1_0 = false;
    made.TLS1_1 = false;
    made.TLS1_2 = true;
    made.OnboardKeyGeneration = false;
    made.AccessPolicyConfig = false;
    made.DefaultAccessPolicy = true;
    made.RemoteUserHandling = false;
    made.X_509Token = false;
    made.SAMLToken = false;
    made.KerberosToken = false;
    made.UsernameToken = true;
    made.HttpDigest = true;
    made.RELToken = false;
    made.MaxUsers = MOST_USERS;
    made.MaxUserNameLength = 32;
    made.MaxPasswordLength = 64;
    made.HashingAlgorithms = List.of("MD5", "SHA-256");
    return made;
  }

  /**
   * The older list, which recorders of Profile S ask for.
   *
   * @throws OnvifFault ActionNotSupported/NoSuchService if a category is asked for that is not here
   */
  Capabilities capabilities(List<String> categories) {
    Capabilities made = new Capabilities();
    List<String> asked = categories.isEmpty() ? List.of("All") : categories;
    for (String category : asked) {
      switch (category) {
        case "All" -> {
          made.Device = LegacyCapabilities.device();
          made.Media = LegacyCapabilities.media();
          made.Events = LegacyCapabilities.events();
          made.Imaging = LegacyCapabilities.imaging();
          made.Extension = LegacyCapabilities.extension();
        }
        case "Device" -> made.Device = LegacyCapabilities.device();
        case "Media" -> made.Media = LegacyCapabilities.media();
        case "Events" -> made.Events = LegacyCapabilities.events();
        case "Imaging" -> made.Imaging = LegacyCapabilities.imaging();
        default ->
            throw OnvifFault.of(
                Code.ACTION_NOT_SUPPORTED, "NoSuchService", "there is no such service");
      }
    }
    return made;
  }
}
