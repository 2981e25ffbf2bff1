// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import static org.refcam.onvif.Values.required;
import static org.refcam.onvif.Values.store;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.security.cert.CertificateEncodingException;
import org.refcam.onvif.Call;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.FirmwareDoor;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.Values;
import org.refcam.onvif.device.NetworkMessages.GetDNS;
import org.refcam.onvif.device.NetworkMessages.GetDNSResponse;
import org.refcam.onvif.device.NetworkMessages.GetHostname;
import org.refcam.onvif.device.NetworkMessages.GetHostnameResponse;
import org.refcam.onvif.device.NetworkMessages.GetNTP;
import org.refcam.onvif.device.NetworkMessages.GetNTPResponse;
import org.refcam.onvif.device.NetworkMessages.GetNetworkDefaultGateway;
import org.refcam.onvif.device.NetworkMessages.GetNetworkDefaultGatewayResponse;
import org.refcam.onvif.device.NetworkMessages.GetNetworkInterfaces;
import org.refcam.onvif.device.NetworkMessages.GetNetworkInterfacesResponse;
import org.refcam.onvif.device.NetworkMessages.GetNetworkProtocols;
import org.refcam.onvif.device.NetworkMessages.GetNetworkProtocolsResponse;
import org.refcam.onvif.device.NetworkMessages.GetZeroConfiguration;
import org.refcam.onvif.device.NetworkMessages.GetZeroConfigurationResponse;
import org.refcam.onvif.device.NetworkMessages.SetDNS;
import org.refcam.onvif.device.NetworkMessages.SetDNSResponse;
import org.refcam.onvif.device.NetworkMessages.SetHostname;
import org.refcam.onvif.device.NetworkMessages.SetHostnameResponse;
import org.refcam.onvif.device.NetworkMessages.SetNetworkDefaultGateway;
import org.refcam.onvif.device.NetworkMessages.SetNetworkDefaultGatewayResponse;
import org.refcam.onvif.device.NetworkMessages.SetNetworkInterfaces;
import org.refcam.onvif.device.NetworkMessages.SetNetworkInterfacesResponse;
import org.refcam.onvif.device.NetworkMessages.SetNetworkProtocols;
import org.refcam.onvif.device.NetworkMessages.SetNetworkProtocolsResponse;
import org.refcam.onvif.device.Scopes.AddScopes;
import org.refcam.onvif.device.Scopes.AddScopesResponse;
import org.refcam.onvif.device.Scopes.GetDiscoveryMode;
import org.refcam.onvif.device.Scopes.GetDiscoveryModeResponse;
import org.refcam.onvif.device.Scopes.GetEndpointReference;
import org.refcam.onvif.device.Scopes.GetEndpointReferenceResponse;
import org.refcam.onvif.device.Scopes.GetScopes;
import org.refcam.onvif.device.Scopes.GetScopesResponse;
import org.refcam.onvif.device.Scopes.RemoveScopes;
import org.refcam.onvif.device.Scopes.RemoveScopesResponse;
import org.refcam.onvif.device.Scopes.SetDiscoveryMode;
import org.refcam.onvif.device.Scopes.SetDiscoveryModeResponse;
import org.refcam.onvif.device.Scopes.SetScopes;
import org.refcam.onvif.device.Scopes.SetScopesResponse;
import org.refcam.onvif.device.Services.GetCapabilities;
import org.refcam.onvif.device.Services.GetCapabilitiesResponse;
import org.refcam.onvif.device.Services.GetServiceCapabilities;
import org.refcam.onvif.device.Services.GetServiceCapabilitiesResponse;
import org.refcam.onvif.device.Services.GetServices;
import org.refcam.onvif.device.Services.GetServicesResponse;
import org.refcam.onvif.device.Services.GetWsdlUrl;
import org.refcam.onvif.device.Services.GetWsdlUrlResponse;
import org.refcam.onvif.device.SystemMessages.GetCertificates;
import org.refcam.onvif.device.SystemMessages.GetCertificatesResponse;
import org.refcam.onvif.device.SystemMessages.GetCertificatesStatus;
import org.refcam.onvif.device.SystemMessages.GetCertificatesStatusResponse;
import org.refcam.onvif.device.SystemMessages.GetClientCertificateMode;
import org.refcam.onvif.device.SystemMessages.GetClientCertificateModeResponse;
import org.refcam.onvif.device.SystemMessages.GetDeviceInformation;
import org.refcam.onvif.device.SystemMessages.GetDeviceInformationResponse;
import org.refcam.onvif.device.SystemMessages.GetRelayOutputs;
import org.refcam.onvif.device.SystemMessages.GetRelayOutputsResponse;
import org.refcam.onvif.device.SystemMessages.GetSystemDateAndTime;
import org.refcam.onvif.device.SystemMessages.GetSystemDateAndTimeResponse;
import org.refcam.onvif.device.SystemMessages.GetSystemLog;
import org.refcam.onvif.device.SystemMessages.GetSystemLogResponse;
import org.refcam.onvif.device.SystemMessages.GetSystemSupportInformation;
import org.refcam.onvif.device.SystemMessages.GetSystemSupportInformationResponse;
import org.refcam.onvif.device.SystemMessages.SetSystemDateAndTime;
import org.refcam.onvif.device.SystemMessages.SetSystemDateAndTimeResponse;
import org.refcam.onvif.device.SystemMessages.SetSystemFactoryDefault;
import org.refcam.onvif.device.SystemMessages.SetSystemFactoryDefaultResponse;
import org.refcam.onvif.device.SystemMessages.StartFirmwareUpgrade;
import org.refcam.onvif.device.SystemMessages.StartFirmwareUpgradeResponse;
import org.refcam.onvif.device.SystemMessages.SystemReboot;
import org.refcam.onvif.device.SystemMessages.SystemRebootResponse;
import org.refcam.onvif.device.Users.CreateUsers;
import org.refcam.onvif.device.Users.CreateUsersResponse;
import org.refcam.onvif.device.Users.DeleteUsers;
import org.refcam.onvif.device.Users.DeleteUsersResponse;
import org.refcam.onvif.device.Users.GetUsers;
import org.refcam.onvif.device.Users.GetUsersResponse;
import org.refcam.onvif.device.Users.SetUser;
import org.refcam.onvif.device.Users.SetUserResponse;
import org.refcam.onvif.schema.DeviceTypes.BinaryData;
import org.refcam.onvif.schema.DeviceTypes.Certificate;
import org.refcam.onvif.schema.DeviceTypes.CertificateStatus;
import org.refcam.onvif.schema.DeviceTypes.SupportInformation;
import org.refcam.onvif.schema.DeviceTypes.SystemLog;

/** The device management service (devicemgmt.wsdl). Safe from any thread. */
@WebService(targetNamespace = Namespaces.TDS)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class DeviceService {
  private static final String CERTIFICATE = "tls";

  private final DeviceControl device;
  private final ServiceList services;
  private final UserDesk users;
  private final ScopeDesk scopes;
  private final ClockDesk clock;
  private final NetworkDesk network;
  private final FirmwareDoor firmware;

  public DeviceService(Rooms rooms) {
    device = rooms.parts().device();
    services = new ServiceList();
    firmware = rooms.firmware();
    users = new UserDesk(rooms.parts());
    scopes = new ScopeDesk(device);
    network = new NetworkDesk(device);
    clock = new ClockDesk(device, rooms.parts().clock());
  }

  public GetServicesResponse GetServices(GetServices request) {
    return services.services(Boolean.TRUE.equals(request.IncludeCapability));
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = ServiceList.device();
    return response;
  }

  public GetCapabilitiesResponse GetCapabilities(GetCapabilities request) {
    GetCapabilitiesResponse response = new GetCapabilitiesResponse();
    response.Capabilities = services.capabilities(request.Category);
    return response;
  }

  public GetWsdlUrlResponse GetWsdlUrl(GetWsdlUrl request) {
    GetWsdlUrlResponse response = new GetWsdlUrlResponse();
    response.WsdlUrl = "http://www.onvif.org/";
    return response;
  }

  public GetDeviceInformationResponse GetDeviceInformation(GetDeviceInformation request) {
    DeviceControl.Facts facts = device.facts();
    GetDeviceInformationResponse response = new GetDeviceInformationResponse();
    response.Manufacturer = facts.manufacturer();
    response.Model = facts.model();
    response.FirmwareVersion = facts.firmwareVersion();
    response.SerialNumber = facts.serialNumber();
    response.HardwareId = facts.hardwareId();
    return response;
  }

  public GetSystemDateAndTimeResponse GetSystemDateAndTime(GetSystemDateAndTime request) {
    GetSystemDateAndTimeResponse response = new GetSystemDateAndTimeResponse();
    response.SystemDateAndTime = clock.now();
    return response;
  }

  public SetSystemDateAndTimeResponse SetSystemDateAndTime(SetSystemDateAndTime request) {
    clock.set(request);
    return new SetSystemDateAndTimeResponse();
  }

  public SetSystemFactoryDefaultResponse SetSystemFactoryDefault(SetSystemFactoryDefault request) {
    String how = required(request.FactoryDefault, "FactoryDefault");
    if (!how.equals("Hard") && !how.equals("Soft")) {
      throw OnvifFault.of(Code.INVALID_ARGS, "FactoryDefault is Hard or Soft");
    }
    store(() -> device.factoryDefault(how.equals("Hard")));
    return new SetSystemFactoryDefaultResponse();
  }

  public StartFirmwareUpgradeResponse StartFirmwareUpgrade(StartFirmwareUpgrade request) {
    Call call = Call.current();
    firmware.open(
        call.client()
            .orElseThrow(() -> new IllegalStateException("upgrades are for clients"))
            .username());
    StartFirmwareUpgradeResponse response = new StartFirmwareUpgradeResponse();
    response.UploadUri =
        "https://" + call.host() + ":" + call.port() + "/onvif" + FirmwareDoor.PATH;
    response.UploadDelay = "PT0S";
    response.ExpectedDownTime = "PT30S";
    return response;
  }

  public SystemRebootResponse SystemReboot(SystemReboot request) {
    if (!device.reboot()) {
      throw unsupported("nothing on this machine can restart the camera");
    }
    SystemRebootResponse response = new SystemRebootResponse();
    response.Message = "Restarting.";
    return response;
  }

  public GetSystemLogResponse GetSystemLog(GetSystemLog request) {
    required(request.LogType, "LogType");
    GetSystemLogResponse response = new GetSystemLogResponse();
    response.SystemLog = new SystemLog();
    store(() -> response.SystemLog.String = device.systemLog());
    return response;
  }

  public GetSystemSupportInformationResponse GetSystemSupportInformation(
      GetSystemSupportInformation request) {
    GetSystemSupportInformationResponse response = new GetSystemSupportInformationResponse();
    response.SupportInformation = new SupportInformation();
    response.SupportInformation.String = device.supportInformation();
    return response;
  }

  public GetScopesResponse GetScopes(GetScopes request) {
    return scopes.list();
  }

  public SetScopesResponse SetScopes(SetScopes request) {
    scopes.set(request.Scopes);
    return new SetScopesResponse();
  }

  public AddScopesResponse AddScopes(AddScopes request) {
    scopes.add(request.ScopeItem);
    return new AddScopesResponse();
  }

  public RemoveScopesResponse RemoveScopes(RemoveScopes request) {
    scopes.remove(request.ScopeItem);
    RemoveScopesResponse response = new RemoveScopesResponse();
    response.ScopeItem.addAll(request.ScopeItem);
    return response;
  }

  public GetDiscoveryModeResponse GetDiscoveryMode(GetDiscoveryMode request) {
    GetDiscoveryModeResponse response = new GetDiscoveryModeResponse();
    response.DiscoveryMode = device.discoverable() ? "Discoverable" : "NonDiscoverable";
    return response;
  }

  public SetDiscoveryModeResponse SetDiscoveryMode(SetDiscoveryMode request) {
    String mode = required(request.DiscoveryMode, "DiscoveryMode");
    Values.store(() -> device.discoverable(mode.equals("Discoverable")));
    return new SetDiscoveryModeResponse();
  }

  public GetEndpointReferenceResponse GetEndpointReference(GetEndpointReference request) {
    GetEndpointReferenceResponse response = new GetEndpointReferenceResponse();
    response.GUID = device.facts().endpoint();
    return response;
  }

  public GetUsersResponse GetUsers(GetUsers request) {
    return users.list();
  }

  public CreateUsersResponse CreateUsers(CreateUsers request) {
    users.create(request.User);
    return new CreateUsersResponse();
  }

  public DeleteUsersResponse DeleteUsers(DeleteUsers request) {
    users.delete(request.Username);
    return new DeleteUsersResponse();
  }

  public SetUserResponse SetUser(SetUser request) {
    users.set(request.User);
    return new SetUserResponse();
  }

  public GetHostnameResponse GetHostname(GetHostname request) {
    return NetworkFacts.hostname();
  }

  public SetHostnameResponse SetHostname(SetHostname request) {
    network.hostname(request.Name);
    return new SetHostnameResponse();
  }

  public GetDNSResponse GetDNS(GetDNS request) {
    return NetworkFacts.dns();
  }

  public SetDNSResponse SetDNS(SetDNS request) {
    network.dns(request);
    return new SetDNSResponse();
  }

  public GetNTPResponse GetNTP(GetNTP request) {
    return NetworkFacts.ntp();
  }

  public GetNetworkInterfacesResponse GetNetworkInterfaces(GetNetworkInterfaces request) {
    GetNetworkInterfacesResponse response = new GetNetworkInterfacesResponse();
    store(() -> response.NetworkInterfaces.addAll(NetworkFacts.interfaces()));
    return response;
  }

  public SetNetworkInterfacesResponse SetNetworkInterfaces(SetNetworkInterfaces request) {
    network.networkInterface(request);
    SetNetworkInterfacesResponse response = new SetNetworkInterfacesResponse();
    response.RebootNeeded = false;
    return response;
  }

  public GetNetworkProtocolsResponse GetNetworkProtocols(GetNetworkProtocols request) {
    return NetworkFacts.protocols(device.facts());
  }

  public SetNetworkProtocolsResponse SetNetworkProtocols(SetNetworkProtocols request) {
    network.protocols(request);
    return new SetNetworkProtocolsResponse();
  }

  public GetNetworkDefaultGatewayResponse GetNetworkDefaultGateway(
      GetNetworkDefaultGateway request) {
    return NetworkFacts.gateway();
  }

  public SetNetworkDefaultGatewayResponse SetNetworkDefaultGateway(
      SetNetworkDefaultGateway request) {
    network.gateway(request);
    return new SetNetworkDefaultGatewayResponse();
  }

  public GetZeroConfigurationResponse GetZeroConfiguration(GetZeroConfiguration request) {
    return NetworkFacts.zeroConfiguration();
  }

  public GetCertificatesResponse GetCertificates(GetCertificates request) {
    GetCertificatesResponse response = new GetCertificatesResponse();
    Certificate certificate = new Certificate();
    certificate.CertificateID = CERTIFICATE;
    certificate.Certificate = new BinaryData();
    try {
      certificate.Certificate.Data = device.certificate().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError("a certificate that TLS shows has an encoding", e);
    }
    response.NvtCertificate.add(certificate);
    return response;
  }

  public GetCertificatesStatusResponse GetCertificatesStatus(GetCertificatesStatus request) {
    GetCertificatesStatusResponse response = new GetCertificatesStatusResponse();
    CertificateStatus status = new CertificateStatus();
    status.CertificateID = CERTIFICATE;
    status.Status = true;
    response.CertificateStatus.add(status);
    return response;
  }

  public GetClientCertificateModeResponse GetClientCertificateMode(
      GetClientCertificateMode request) {
    GetClientCertificateModeResponse response = new GetClientCertificateModeResponse();
    response.Enabled = false;
    return response;
  }

  public GetRelayOutputsResponse GetRelayOutputs(GetRelayOutputs request) {
    return new GetRelayOutputsResponse(); // no board here has one
  }

  private static OnvifFault unsupported(String text) {
    return OnvifFault.of(Code.ACTION_NOT_SUPPORTED, text);
  }
}
