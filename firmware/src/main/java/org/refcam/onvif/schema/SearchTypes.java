// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAnyElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.wsn.Notifications.NotificationMessageHolderType;
import org.w3c.dom.Element;

/**
 * What is searched for and found. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class SearchTypes {
  private SearchTypes() {}

  public static class RecordingSummary {
    public String DataFrom;
    public String DataUntil;
    public Integer NumberRecordings;
  }

  public static class TrackInformation {
    public String TrackToken;
    public String TrackType;
    public String Description;
    public String DataFrom;
    public String DataTo;
  }

  public static class RecordingInformation {
    public String RecordingToken;
    public RecordingTypes.RecordingSourceInformation Source;
    public String EarliestRecording;
    public String LatestRecording;
    public String Content;
    public List<TrackInformation> Track = new ArrayList<>();
    public String RecordingStatus;
  }

  public static class VideoAttributes {
    public Integer Bitrate;
    public Integer Width;
    public Integer Height;
    public String Encoding;
    public Float Framerate;
  }

  public static class TrackAttributes {
    public TrackInformation TrackInformation;
    public VideoAttributes VideoAttributes;
  }

  public static class MediaAttributes {
    public String RecordingToken;
    public List<TrackAttributes> TrackAttributes = new ArrayList<>();
    public String From;
    public String Until;
  }

  public static class SearchScope {
    public List<RecordingTypes.SourceReference> IncludedSources = new ArrayList<>();
    public List<String> IncludedRecordings = new ArrayList<>();
    public String RecordingInformationFilter;
  }

  /** The elements are of WS-BaseNotification, as in a subscription. */
  public static class EventFilter {
    @XmlAnyElement public List<Element> any = new ArrayList<>();
  }

  public static class FindRecordingResultList {
    public String SearchState;
    public List<RecordingInformation> RecordingInformation = new ArrayList<>();
  }

  public static class FindEventResult {
    public String RecordingToken;
    public String TrackToken;
    public String Time;
    public NotificationMessageHolderType Event;
    public Boolean StartStateEvent;
  }

  public static class FindEventResultList {
    public String SearchState;
    public List<FindEventResult> Result = new ArrayList<>();
  }
}
