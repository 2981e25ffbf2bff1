// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Rooms;
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
import org.refcam.onvif.schema.Imaging.ImagingOptions20;
import org.refcam.onvif.schema.Imaging.ImagingSettings20;
import org.refcam.onvif.schema.Imaging.ImagingStatus20;
import org.refcam.onvif.schema.Imaging.MoveOptions20;

/**
 * The imaging service (imaging.wsdl). No setting of the sensor can be changed through it yet: the
 * options are empty, and a change is refused. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TIMG)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class ImagingService {
  public ImagingService(Rooms rooms) {}

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
    response.ImagingSettings = new ImagingSettings20();
    return response;
  }

  public SetImagingSettingsResponse SetImagingSettings(SetImagingSettings request) {
    requireSource(request.VideoSourceToken);
    throw OnvifFault.invalid("SettingsInvalid", "this source has no settings that can be changed");
  }

  public GetOptionsResponse GetOptions(GetOptions request) {
    requireSource(request.VideoSourceToken);
    GetOptionsResponse response = new GetOptionsResponse();
    response.ImagingOptions = new ImagingOptions20();
    return response;
  }

  public GetMoveOptionsResponse GetMoveOptions(GetMoveOptions request) {
    requireSource(request.VideoSourceToken);
    GetMoveOptionsResponse response = new GetMoveOptionsResponse();
    response.MoveOptions = new MoveOptions20();
    return response;
  }

  public GetStatusResponse GetStatus(GetStatus request) {
    requireSource(request.VideoSourceToken);
    GetStatusResponse response = new GetStatusResponse();
    response.Status = new ImagingStatus20();
    return response;
  }

  public MoveResponse Move(Move request) {
    requireSource(request.VideoSourceToken);
    throw noFocus();
  }

  public StopResponse Stop(Stop request) {
    requireSource(request.VideoSourceToken);
    throw noFocus();
  }

  private static OnvifFault noFocus() {
    return OnvifFault.of(Code.ACTION_NOT_SUPPORTED, "NoImagingForSource", "no focus can be moved");
  }

  private static void requireSource(String token) {
    if (!MediaProfiles.SOURCE.equals(token)) {
      throw OnvifFault.invalid("NoSource", "there is no such source");
    }
  }
}
