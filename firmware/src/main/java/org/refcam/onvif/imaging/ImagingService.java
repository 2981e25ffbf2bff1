// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.SensorControl;
import org.refcam.onvif.Values;
import org.refcam.onvif.imaging.ImagingMessages.Capabilities;
import org.refcam.onvif.imaging.ImagingMessages.GetImagingSettings;
import org.refcam.onvif.imaging.ImagingMessages.GetImagingSettingsResponse;
import org.refcam.onvif.imaging.ImagingMessages.GetMoveOptions;
import org.refcam.onvif.imaging.ImagingMessages.GetMoveOptionsResponse;
import org.refcam.onvif.imaging.ImagingMessages.GetOptions;
import org.refcam.onvif.imaging.ImagingMessages.GetOptionsResponse;
import org.refcam.onvif.imaging.ImagingMessages.GetServiceCapabilities;
import org.refcam.onvif.imaging.ImagingMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.imaging.ImagingMessages.GetStatus;
import org.refcam.onvif.imaging.ImagingMessages.GetStatusResponse;
import org.refcam.onvif.imaging.ImagingMessages.Move;
import org.refcam.onvif.imaging.ImagingMessages.MoveResponse;
import org.refcam.onvif.imaging.ImagingMessages.SetImagingSettings;
import org.refcam.onvif.imaging.ImagingMessages.SetImagingSettingsResponse;
import org.refcam.onvif.imaging.ImagingMessages.Stop;
import org.refcam.onvif.imaging.ImagingMessages.StopResponse;
import org.refcam.onvif.schema.Imaging.FocusMove;
import org.refcam.onvif.schema.Imaging.ImagingOptions20;
import org.refcam.onvif.schema.Imaging.ImagingSettings20;
import org.refcam.onvif.schema.Imaging.ImagingStatus20;
import org.refcam.onvif.schema.Imaging.MoveOptions20;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;

/**
 * The imaging service (imaging.wsdl): the controls of the source's driver. A source that has none,
 * such as a file, has empty settings and options, and refuses every change. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TIMG)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class ImagingService {
  private final SensorControl sensor;

  public ImagingService(Rooms rooms) {
    sensor = rooms.parts().sensor();
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.ImageStabilization = false;
    made.Presets = false;
    made.AdaptablePreset = false;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetImagingSettingsResponse GetImagingSettings(GetImagingSettings request) {
    requireSource(request.VideoSourceToken);
    GetImagingSettingsResponse response = new GetImagingSettingsResponse();
    response.ImagingSettings =
        with(surface -> new SensorRead(surface).settings()).orElseGet(ImagingSettings20::new);
    return response;
  }

  public SetImagingSettingsResponse SetImagingSettings(SetImagingSettings request) {
    requireSource(request.VideoSourceToken);
    ImagingSettings20 wanted = Values.required(request.ImagingSettings, "ImagingSettings");
    keep(
        with(surface -> SensorChange.apply(surface, wanted))
            .orElseThrow(
                () -> SensorChange.invalid("this source has no settings that can be changed")));
    return new SetImagingSettingsResponse();
  }

  public GetOptionsResponse GetOptions(GetOptions request) {
    requireSource(request.VideoSourceToken);
    GetOptionsResponse response = new GetOptionsResponse();
    response.ImagingOptions =
        with(surface -> new SensorRead(surface).options()).orElseGet(ImagingOptions20::new);
    return response;
  }

  public GetMoveOptionsResponse GetMoveOptions(GetMoveOptions request) {
    requireSource(request.VideoSourceToken);
    GetMoveOptionsResponse response = new GetMoveOptionsResponse();
    response.MoveOptions = with(FocusDesk::options).orElseGet(MoveOptions20::new);
    return response;
  }

  public GetStatusResponse GetStatus(GetStatus request) {
    requireSource(request.VideoSourceToken);
    GetStatusResponse response = new GetStatusResponse();
    response.Status = with(FocusDesk::status).orElseGet(ImagingStatus20::new);
    return response;
  }

  public MoveResponse Move(Move request) {
    requireSource(request.VideoSourceToken);
    FocusMove wanted = Values.required(request.Focus, "Focus");
    keep(with(surface -> FocusDesk.move(surface, wanted)).orElseThrow(FocusDesk::noFocus));
    return new MoveResponse();
  }

  /** A lens that was told where to go cannot be stopped on its way; it is there at once. */
  public StopResponse Stop(Stop request) {
    requireSource(request.VideoSourceToken);
    boolean focus =
        with(surface -> new SensorRead(surface).number(Control.FOCUS_ABSOLUTE).isPresent())
            .orElse(false);
    if (!focus) {
      throw FocusDesk.noFocus();
    }
    return new StopResponse();
  }

  private void keep(Map<Integer, Long> written) {
    if (!written.isEmpty()) {
      Values.store(() -> sensor.keep(written));
    }
  }

  /** What is done with an open surface. */
  @FunctionalInterface
  private interface Use<T> {
    T with(ControlSurface surface) throws IOException;
  }

  private <T> Optional<T> with(Use<T> use) {
    try {
      Optional<ControlSurface> opened = sensor.open();
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      try (ControlSurface surface = opened.get()) {
        return Optional.of(use.with(surface));
      }
    } catch (IOException e) {
      OnvifFault fault = OnvifFault.of(Code.ACTION, "the source did not answer");
      fault.initCause(e);
      throw fault;
    }
  }

  private static void requireSource(String token) {
    if (!MediaProfiles.SOURCE.equals(token)) {
      throw OnvifFault.invalid("NoSource", "there is no such source");
    }
  }
}
