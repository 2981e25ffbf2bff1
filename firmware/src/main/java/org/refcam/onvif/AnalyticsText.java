// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import org.refcam.onvif.schema.MediaTypes.AnalyticsEngineConfiguration;
import org.refcam.onvif.schema.MediaTypes.RuleEngineConfiguration;
import org.refcam.onvif.schema.MediaTypes.VideoAnalyticsConfiguration;

/** The one analytics configuration; its rules are asked for at the analytics service. Stateless. */
public final class AnalyticsText {
  /** Token and name of the configuration. */
  public static final String TOKEN = "analytics";

  private AnalyticsText() {}

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig unless it is the one there is
   */
  public static void require(String token) {
    if (!TOKEN.equals(token)) {
      throw MediaRoom.noConfig();
    }
  }

  /**
   * @param useCount profiles that it is in
   */
  static VideoAnalyticsConfiguration configuration(int useCount) {
    VideoAnalyticsConfiguration made = new VideoAnalyticsConfiguration();
    made.token = TOKEN;
    made.Name = TOKEN;
    made.UseCount = useCount;
    made.AnalyticsEngineConfiguration = new AnalyticsEngineConfiguration();
    made.RuleEngineConfiguration = new RuleEngineConfiguration();
    return made;
  }
}
