// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import java.util.Map;
import org.refcam.encode.PrivacyMask;
import org.refcam.onvif.Masks;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.MediaRoom;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.PictureControl;
import org.refcam.onvif.Values;
import org.refcam.onvif.media2.MaskMessages.GetMaskOptionsResponse;
import org.refcam.onvif.media2.MaskMessages.GetMasks;
import org.refcam.onvif.media2.MaskMessages.GetMasksResponse;
import org.refcam.onvif.media2.MaskMessages.Mask;
import org.refcam.onvif.media2.MaskMessages.MaskOptions;
import org.refcam.onvif.schema.Overlays.Color;
import org.refcam.onvif.schema.Overlays.ColorOptions;

/**
 * Privacy masks: black rectangles in the source's pictures, in every stream. Safe from any thread.
 */
final class MaskDesk {
  private static final String TYPE = "Color";

  private final Masks masks;

  MaskDesk(Masks masks) {
    this.masks = masks;
  }

  GetMasksResponse list(GetMasks request) {
    if (request.ConfigurationToken != null) {
      MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    }
    GetMasksResponse response = new GetMasksResponse();
    if (request.Token != null) {
      response.Masks.add(describe(request.Token, masks.require(request.Token)));
    } else {
      for (Map.Entry<String, PrivacyMask> one : masks.all().entrySet()) {
        response.Masks.add(describe(one.getKey(), one.getValue()));
      }
    }
    return response;
  }

  static GetMaskOptionsResponse options() {
    GetMaskOptionsResponse response = new GetMaskOptionsResponse();
    response.Options = new MaskOptions();
    response.Options.MaxMasks = PictureControl.MOST_MASKS;
    response.Options.MaxPoints = 4;
    response.Options.Types.add(TYPE);
    response.Options.Color = new ColorOptions();
    response.Options.Color.ColorList.add(black());
    response.Options.RectangleOnly = true;
    response.Options.SingleColorOnly = true;
    return response;
  }

  /** In YCbCr, which is the color space when none is named. */
  private static Color black() {
    Color black = new Color();
    black.X = 16f;
    black.Y = 128f;
    black.Z = 128f;
    return black;
  }

  String create(Mask wanted) {
    return masks.create(checked(wanted));
  }

  void set(Mask wanted) {
    masks.set(Values.required(Values.required(wanted, "Mask").token, "token"), checked(wanted));
  }

  void delete(String token) {
    masks.delete(Values.required(token, "Token"));
  }

  /** A mask that is there is in force: one that is switched off is refused. */
  private static PrivacyMask checked(Mask wanted) {
    Mask given = Values.required(wanted, "Mask");
    MediaRoom.requireSourceConfiguration(given.ConfigurationToken);
    if (!TYPE.equals(given.Type) || !Boolean.TRUE.equals(given.Enabled)) {
      throw OnvifFault.invalid("ConfigModify", "a mask is a black rectangle that is in force");
    }
    return Masks.mask(given.Polygon);
  }

  private static Mask describe(String token, PrivacyMask mask) {
    Mask made = new Mask();
    made.token = token;
    made.ConfigurationToken = MediaProfiles.SOURCE_CONFIGURATION;
    made.Polygon = Masks.polygon(mask);
    made.Type = TYPE;
    made.Enabled = true;
    return made;
  }
}
