// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Recordings, their tracks, and the jobs that fill them. JAXB fills the fields; what a message
 * lacks is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class RecordingTypes {
  private RecordingTypes() {}

  public static class RecordingSourceInformation {
    public String SourceId;
    public String Name;
    public String Location;
    public String Description;
    public String Address;
  }

  public static class RecordingConfiguration {
    public RecordingSourceInformation Source;
    public String Content;
    public String MaximumRetentionTime;
  }

  public static class TrackConfiguration {
    public String TrackType;
    public String Description;
  }

  public static class GetTracksResponseItem {
    public String TrackToken;
    public TrackConfiguration Configuration;
  }

  public static class GetTracksResponseList {
    public List<GetTracksResponseItem> Track = new ArrayList<>();
  }

  public static class GetRecordingsResponseItem {
    public String RecordingToken;
    public RecordingConfiguration Configuration;
    public GetTracksResponseList Tracks;
  }

  public static class SourceReference {
    public String Token;

    @XmlAttribute(name = "Type")
    public String Type;
  }

  public static class RecordingJobTrack {
    public String SourceTag;
    public String Destination;
  }

  public static class RecordingJobSource {
    public SourceReference SourceToken;
    public Boolean AutoCreateReceiver;
    public List<RecordingJobTrack> Tracks = new ArrayList<>();
  }

  public static class RecordingJobConfiguration {
    public String RecordingToken;
    public String Mode;
    public Integer Priority;
    public List<RecordingJobSource> Source = new ArrayList<>();

    @XmlAttribute(name = "ScheduleToken")
    public String ScheduleToken;
  }

  public static class GetRecordingJobsResponseItem {
    public String JobToken;
    public RecordingJobConfiguration JobConfiguration;
  }

  public static class RecordingJobStateTrack {
    public String SourceTag;
    public String Destination;
    public String Error;
    public String State;
  }

  public static class RecordingJobStateTracks {
    public List<RecordingJobStateTrack> Track = new ArrayList<>();
  }

  public static class RecordingJobStateSource {
    public SourceReference SourceToken;
    public String State;
    public RecordingJobStateTracks Tracks;
  }

  public static class RecordingJobStateInformation {
    public String RecordingToken;
    public String State;
    public List<RecordingJobStateSource> Sources = new ArrayList<>();
  }

  public static class ReplayConfiguration {
    public String SessionTimeout;
  }
}
