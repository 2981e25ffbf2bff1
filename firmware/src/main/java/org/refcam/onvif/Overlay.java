// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.List;
import java.util.Optional;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.schema.MediaTypes.MaximumNumberOfOSDs;
import org.refcam.onvif.schema.Overlays.OSDConfiguration;
import org.refcam.onvif.schema.Overlays.OSDConfigurationOptions;
import org.refcam.onvif.schema.Overlays.OSDPosConfiguration;
import org.refcam.onvif.schema.Overlays.OSDReference;
import org.refcam.onvif.schema.Overlays.OSDTextConfiguration;
import org.refcam.onvif.schema.Overlays.OSDTextOptions;

/**
 * The on-screen display: date and time in the upper left corner, there or not. Both media services
 * show it. Safe from any thread.
 */
public final class Overlay {
  private static final String TOKEN = "clock";
  private static final String TYPE = "DateAndTime";
  private static final String CORNER = "UpperLeft";
  private static final String DATE = "yyyy-MM-dd";
  private static final String TIME = "HH:mm:ss";

  private final PictureControl pictures;

  Overlay(PictureControl pictures) {
    this.pictures = pictures;
  }

  private boolean shown() {
    return pictures.clock();
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig unless it is the one there is, and is shown
   */
  public void require(String token) {
    if (!TOKEN.equals(token) || !shown()) {
      throw OnvifFault.invalid("NoConfig", "there is no such display");
    }
  }

  public OSDConfiguration configuration() {
    OSDConfiguration made = new OSDConfiguration();
    made.token = TOKEN;
    made.VideoSourceConfigurationToken = new OSDReference();
    made.VideoSourceConfigurationToken.value = MediaProfiles.SOURCE_CONFIGURATION;
    made.Type = "Text";
    made.Position = new OSDPosConfiguration();
    made.Position.Type = CORNER;
    made.TextString = new OSDTextConfiguration();
    made.TextString.Type = TYPE;
    made.TextString.DateFormat = DATE;
    made.TextString.TimeFormat = TIME;
    return made;
  }

  /**
   * What is shown.
   *
   * @param token of the one that is asked for, if any
   * @param source configuration that is asked for, if any
   * @throws OnvifFault InvalidArgVal/NoConfig if there is no such display or source
   */
  public List<OSDConfiguration> list(Optional<String> token, Optional<String> source) {
    token.ifPresent(this::require);
    source.ifPresent(MediaRoom::requireSourceConfiguration);
    return shown() ? List.of(configuration()) : List.of();
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig if there is no such source configuration
   */
  public OSDConfigurationOptions options(String source) {
    MediaRoom.requireSourceConfiguration(source);
    OSDConfigurationOptions made = new OSDConfigurationOptions();
    made.MaximumNumberOfOSDs = new MaximumNumberOfOSDs();
    made.MaximumNumberOfOSDs.Total = 1;
    made.MaximumNumberOfOSDs.DateAndTime = 1;
    made.MaximumNumberOfOSDs.PlainText = 0;
    made.Type.add("Text");
    made.PositionOption.add(CORNER);
    made.TextOption = new OSDTextOptions();
    made.TextOption.Type.add(TYPE);
    made.TextOption.DateFormat.add(DATE);
    made.TextOption.TimeFormat.add(TIME);
    return made;
  }

  /**
   * Shows the clock.
   *
   * @return its token
   * @throws OnvifFault InvalidArgVal/ConfigModify for another display, Action/MaxOSDs if it is
   *     shown
   */
  public String create(OSDConfiguration wanted) {
    requirePossible(wanted);
    if (shown()) {
      throw OnvifFault.of(Code.ACTION, "MaxOSDs", "the one display is shown already");
    }
    Values.store(() -> pictures.clock(true));
    return TOKEN;
  }

  /**
   * Asking for what is shown succeeds.
   *
   * @throws OnvifFault InvalidArgVal/ConfigModify for another display
   */
  public void set(OSDConfiguration wanted) {
    require(Values.required(wanted, "OSD").token);
    requirePossible(wanted);
  }

  public void delete(String token) {
    require(token);
    Values.store(() -> pictures.clock(false));
  }

  private static void requirePossible(OSDConfiguration wanted) {
    OSDConfiguration given = Values.required(wanted, "OSD");
    boolean possible =
        "Text".equals(given.Type)
            && given.TextString != null
            && TYPE.equals(given.TextString.Type)
            && given.Position != null
            && CORNER.equals(given.Position.Type);
    if (!possible) {
      throw OnvifFault.invalid("ConfigModify", "only date and time, in the upper left corner");
    }
  }
}
