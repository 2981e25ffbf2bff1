// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.replay;

import static org.refcam.onvif.Values.required;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.refcam.onvif.Call;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.RecordingControl;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.Values;
import org.refcam.onvif.replay.ReplayMessages.Capabilities;
import org.refcam.onvif.replay.ReplayMessages.GetReplayConfiguration;
import org.refcam.onvif.replay.ReplayMessages.GetReplayConfigurationResponse;
import org.refcam.onvif.replay.ReplayMessages.GetReplayUri;
import org.refcam.onvif.replay.ReplayMessages.GetReplayUriResponse;
import org.refcam.onvif.replay.ReplayMessages.GetServiceCapabilities;
import org.refcam.onvif.replay.ReplayMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.replay.ReplayMessages.SetReplayConfiguration;
import org.refcam.onvif.replay.ReplayMessages.SetReplayConfigurationResponse;
import org.refcam.onvif.schema.MediaTypes.StreamSetup;
import org.refcam.onvif.schema.RecordingTypes.ReplayConfiguration;

/**
 * The replay control service (replay.wsdl): where RTSP replays a recording. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TRP)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class ReplayService {
  private final RecordingBook book;
  private final RecordingControl control;
  private final DeviceControl device;

  public ReplayService(Rooms rooms) {
    book = rooms.recordings();
    control = book.control();
    device = rooms.parts().device();
  }

  public static Object capabilities() {
    Call call = Call.current();
    Capabilities made = new Capabilities();
    made.ReversePlayback = true;
    made.SessionTimeoutRange =
        List.of(
            (float) RecordingControl.SHORTEST_TIMEOUT.toSeconds(),
            (float) RecordingControl.LONGEST_TIMEOUT.toSeconds());
    made.RTP_RTSP_TCP = true;
    made.RTSPWebSocketUri = "wss://" + call.host() + ":" + call.port() + "/rtsp";
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  /**
   * Always RTP in the TLS connection of RTSP, or of the WebSocket, whose address the capabilities
   * have: recordings are not sent in clear or over UDP.
   */
  public GetReplayUriResponse GetReplayUri(GetReplayUri request) {
    StreamSetup setup = required(request.StreamSetup, "StreamSetup");
    String stream = book.require(request.RecordingToken, "NoRecording");
    if (!"RTP-Unicast".equals(setup.Stream)
        || setup.Transport == null
        || "UDP".equals(setup.Transport.Protocol)) {
      throw OnvifFault.invalid("InvalidStreamSetup", "recordings come over TCP only");
    }
    GetReplayUriResponse response = new GetReplayUriResponse();
    response.Uri =
        "rtsps://%s:%d/replay/%s"
            .formatted(Call.current().host(), device.facts().rtspsPort(), stream);
    return response;
  }

  public GetReplayConfigurationResponse GetReplayConfiguration(GetReplayConfiguration request) {
    GetReplayConfigurationResponse response = new GetReplayConfigurationResponse();
    response.Configuration = new ReplayConfiguration();
    response.Configuration.SessionTimeout = control.replayTimeout().toString();
    return response;
  }

  public SetReplayConfigurationResponse SetReplayConfiguration(SetReplayConfiguration request) {
    ReplayConfiguration wanted = required(request.Configuration, "Configuration");
    String text = required(wanted.SessionTimeout, "SessionTimeout");
    Duration timeout;
    try {
      timeout = Duration.parse(text.strip());
    } catch (DateTimeException e) {
      OnvifFault fault = OnvifFault.invalid("ConfigModify", "no duration");
      fault.initCause(e);
      throw fault;
    }
    if (timeout.compareTo(RecordingControl.SHORTEST_TIMEOUT) < 0
        || timeout.compareTo(RecordingControl.LONGEST_TIMEOUT) > 0) {
      throw OnvifFault.invalid("ConfigModify", "outside of the capability's range");
    }
    Values.store(() -> control.replayTimeout(timeout));
    return new SetReplayConfigurationResponse();
  }
}
