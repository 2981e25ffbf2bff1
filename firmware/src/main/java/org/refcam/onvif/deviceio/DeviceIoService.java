// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.deviceio;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.deviceio.DeviceIoMessages.Capabilities;
import org.refcam.onvif.deviceio.DeviceIoMessages.GetDigitalInputs;
import org.refcam.onvif.deviceio.DeviceIoMessages.GetDigitalInputsResponse;
import org.refcam.onvif.deviceio.DeviceIoMessages.GetServiceCapabilities;
import org.refcam.onvif.deviceio.DeviceIoMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.deviceio.DeviceIoMessages.GetVideoSources;
import org.refcam.onvif.deviceio.DeviceIoMessages.GetVideoSourcesResponse;

/**
 * The device input and output service (deviceio.wsdl): one video source, and no relay, input or
 * serial port on any board that we describe. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TMD)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class DeviceIoService {
  public DeviceIoService(Rooms rooms) {}

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.VideoSources = 1;
    made.VideoOutputs = 0;
    made.RelayOutputs = 0;
    made.SerialPorts = 0;
    made.DigitalInputs = 0;
    made.DigitalInputOptions = false;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetVideoSourcesResponse GetVideoSources(GetVideoSources request) {
    GetVideoSourcesResponse response = new GetVideoSourcesResponse();
    response.Token.add(MediaProfiles.SOURCE);
    return response;
  }

  public GetDigitalInputsResponse GetDigitalInputs(GetDigitalInputs request) {
    return new GetDigitalInputsResponse();
  }
}
