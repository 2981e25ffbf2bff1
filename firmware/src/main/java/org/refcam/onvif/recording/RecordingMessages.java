// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.recording;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.RecordingTypes;

/**
 * All messages of the service. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class RecordingMessages {
  private RecordingMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetRecordings")
  public static class GetRecordings {}

  @XmlRootElement(name = "GetRecordingsResponse")
  public static class GetRecordingsResponse {
    public List<RecordingTypes.GetRecordingsResponseItem> RecordingItem = new ArrayList<>();
  }

  @XmlRootElement(name = "GetRecordingConfiguration")
  public static class GetRecordingConfiguration {
    public String RecordingToken;
  }

  @XmlRootElement(name = "GetRecordingConfigurationResponse")
  public static class GetRecordingConfigurationResponse {
    public RecordingTypes.RecordingConfiguration RecordingConfiguration;
  }

  @XmlRootElement(name = "SetRecordingConfiguration")
  public static class SetRecordingConfiguration {
    public String RecordingToken;
    public RecordingTypes.RecordingConfiguration RecordingConfiguration;
  }

  @XmlRootElement(name = "SetRecordingConfigurationResponse")
  public static class SetRecordingConfigurationResponse {}

  @XmlRootElement(name = "GetTrackConfiguration")
  public static class GetTrackConfiguration {
    public String RecordingToken;
    public String TrackToken;
  }

  @XmlRootElement(name = "GetTrackConfigurationResponse")
  public static class GetTrackConfigurationResponse {
    public RecordingTypes.TrackConfiguration TrackConfiguration;
  }

  @XmlRootElement(name = "SetTrackConfiguration")
  public static class SetTrackConfiguration {
    public String RecordingToken;
    public String TrackToken;
    public RecordingTypes.TrackConfiguration TrackConfiguration;
  }

  @XmlRootElement(name = "SetTrackConfigurationResponse")
  public static class SetTrackConfigurationResponse {}

  @XmlRootElement(name = "GetRecordingOptions")
  public static class GetRecordingOptions {
    public String RecordingToken;
  }

  @XmlRootElement(name = "GetRecordingOptionsResponse")
  public static class GetRecordingOptionsResponse {
    public RecordingOptions Options;
  }

  @XmlRootElement(name = "GetRecordingJobs")
  public static class GetRecordingJobs {}

  @XmlRootElement(name = "GetRecordingJobsResponse")
  public static class GetRecordingJobsResponse {
    public List<RecordingTypes.GetRecordingJobsResponseItem> JobItem = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateRecordingJob")
  public static class CreateRecordingJob {
    public RecordingTypes.RecordingJobConfiguration JobConfiguration;
  }

  @XmlRootElement(name = "CreateRecordingJobResponse")
  public static class CreateRecordingJobResponse {
    public String JobToken;
    public RecordingTypes.RecordingJobConfiguration JobConfiguration;
  }

  @XmlRootElement(name = "DeleteRecordingJob")
  public static class DeleteRecordingJob {
    public String JobToken;
  }

  @XmlRootElement(name = "DeleteRecordingJobResponse")
  public static class DeleteRecordingJobResponse {}

  @XmlRootElement(name = "GetRecordingJobConfiguration")
  public static class GetRecordingJobConfiguration {
    public String JobToken;
  }

  @XmlRootElement(name = "GetRecordingJobConfigurationResponse")
  public static class GetRecordingJobConfigurationResponse {
    public RecordingTypes.RecordingJobConfiguration JobConfiguration;
  }

  @XmlRootElement(name = "SetRecordingJobConfiguration")
  public static class SetRecordingJobConfiguration {
    public String JobToken;
    public RecordingTypes.RecordingJobConfiguration JobConfiguration;
  }

  @XmlRootElement(name = "SetRecordingJobConfigurationResponse")
  public static class SetRecordingJobConfigurationResponse {
    public RecordingTypes.RecordingJobConfiguration JobConfiguration;
  }

  @XmlRootElement(name = "SetRecordingJobMode")
  public static class SetRecordingJobMode {
    public String JobToken;
    public String Mode;
  }

  @XmlRootElement(name = "SetRecordingJobModeResponse")
  public static class SetRecordingJobModeResponse {}

  @XmlRootElement(name = "GetRecordingJobState")
  public static class GetRecordingJobState {
    public String JobToken;
  }

  @XmlRootElement(name = "GetRecordingJobStateResponse")
  public static class GetRecordingJobStateResponse {
    public RecordingTypes.RecordingJobStateInformation State;
  }

  public static class RecordingOptions {
    public JobOptions Job;
    public TrackOptions Track;
  }

  public static class JobOptions {
    @XmlAttribute(name = "Spare")
    public Integer Spare;

    @XmlAttribute(name = "CompatibleSources")
    public List<String> CompatibleSources;
  }

  public static class TrackOptions {
    @XmlAttribute(name = "SpareTotal")
    public Integer SpareTotal;

    @XmlAttribute(name = "SpareVideo")
    public Integer SpareVideo;

    @XmlAttribute(name = "SpareAudio")
    public Integer SpareAudio;

    @XmlAttribute(name = "SpareMetadata")
    public Integer SpareMetadata;
  }

  public static class Capabilities {
    @XmlAttribute(name = "DynamicRecordings")
    public Boolean DynamicRecordings;

    @XmlAttribute(name = "DynamicTracks")
    public Boolean DynamicTracks;

    @XmlAttribute(name = "Encoding")
    public List<String> Encoding;

    @XmlAttribute(name = "MaxRecordings")
    public Float MaxRecordings;

    @XmlAttribute(name = "MaxRecordingJobs")
    public Integer MaxRecordingJobs;

    @XmlAttribute(name = "Options")
    public Boolean Options;

    @XmlAttribute(name = "MetadataRecording")
    public Boolean MetadataRecording;
  }
}
