// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.recording;

import static org.refcam.onvif.Values.required;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.util.List;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.RecordingControl;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.recording.RecordingMessages.Capabilities;
import org.refcam.onvif.recording.RecordingMessages.CreateRecordingJob;
import org.refcam.onvif.recording.RecordingMessages.CreateRecordingJobResponse;
import org.refcam.onvif.recording.RecordingMessages.DeleteRecordingJob;
import org.refcam.onvif.recording.RecordingMessages.DeleteRecordingJobResponse;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingConfiguration;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingConfigurationResponse;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingJobConfiguration;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingJobConfigurationResponse;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingJobState;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingJobStateResponse;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingJobs;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingJobsResponse;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingOptions;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingOptionsResponse;
import org.refcam.onvif.recording.RecordingMessages.GetRecordings;
import org.refcam.onvif.recording.RecordingMessages.GetRecordingsResponse;
import org.refcam.onvif.recording.RecordingMessages.GetServiceCapabilities;
import org.refcam.onvif.recording.RecordingMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.recording.RecordingMessages.GetTrackConfiguration;
import org.refcam.onvif.recording.RecordingMessages.GetTrackConfigurationResponse;
import org.refcam.onvif.recording.RecordingMessages.JobOptions;
import org.refcam.onvif.recording.RecordingMessages.RecordingOptions;
import org.refcam.onvif.recording.RecordingMessages.SetRecordingConfiguration;
import org.refcam.onvif.recording.RecordingMessages.SetRecordingConfigurationResponse;
import org.refcam.onvif.recording.RecordingMessages.SetRecordingJobConfiguration;
import org.refcam.onvif.recording.RecordingMessages.SetRecordingJobConfigurationResponse;
import org.refcam.onvif.recording.RecordingMessages.SetRecordingJobMode;
import org.refcam.onvif.recording.RecordingMessages.SetRecordingJobModeResponse;
import org.refcam.onvif.recording.RecordingMessages.SetTrackConfiguration;
import org.refcam.onvif.recording.RecordingMessages.SetTrackConfigurationResponse;
import org.refcam.onvif.recording.RecordingMessages.TrackOptions;
import org.refcam.onvif.schema.RecordingTypes.GetRecordingsResponseItem;
import org.refcam.onvif.schema.RecordingTypes.GetTracksResponseItem;
import org.refcam.onvif.schema.RecordingTypes.GetTracksResponseList;

/**
 * The recording control service (recording.wsdl): what is recorded of each stream, and by which
 * job. Recordings and tracks are fixed. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TRC)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class RecordingService {
  /** The longest text that a client may write about a recording. */
  public static final int LONGEST_TEXT = RecordingTexts.LONGEST;

  private static final String NO_RECORDING = "NoRecording";

  private final RecordingBook book;
  private final RecordingControl control;
  private final RecordingTexts texts;
  private final JobDesk jobs;

  public RecordingService(Rooms rooms) {
    book = rooms.recordings();
    control = book.control();
    texts = new RecordingTexts(book);
    jobs = new JobDesk(book);
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.DynamicRecordings = false;
    made.DynamicTracks = false;
    made.Encoding = List.of("H264");
    made.MaxRecordings = 2f;
    made.MaxRecordingJobs = 2;
    made.Options = true;
    made.MetadataRecording = false;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetRecordingsResponse GetRecordings(GetRecordings request) {
    GetRecordingsResponse response = new GetRecordingsResponse();
    for (String stream : control.streams()) {
      GetRecordingsResponseItem item = new GetRecordingsResponseItem();
      item.RecordingToken = RecordingBook.token(stream);
      item.Configuration = texts.configuration(stream);
      GetTracksResponseItem track = new GetTracksResponseItem();
      track.TrackToken = RecordingBook.TRACK;
      track.Configuration = texts.track(stream);
      item.Tracks = new GetTracksResponseList();
      item.Tracks.Track.add(track);
      response.RecordingItem.add(item);
    }
    return response;
  }

  public GetRecordingConfigurationResponse GetRecordingConfiguration(
      GetRecordingConfiguration request) {
    GetRecordingConfigurationResponse response = new GetRecordingConfigurationResponse();
    response.RecordingConfiguration =
        texts.configuration(book.require(request.RecordingToken, NO_RECORDING));
    return response;
  }

  /** The retention time is one for all recordings. */
  public SetRecordingConfigurationResponse SetRecordingConfiguration(
      SetRecordingConfiguration request) {
    String stream = book.require(request.RecordingToken, NO_RECORDING);
    texts.set(stream, required(request.RecordingConfiguration, "RecordingConfiguration"));
    return new SetRecordingConfigurationResponse();
  }

  public GetTrackConfigurationResponse GetTrackConfiguration(GetTrackConfiguration request) {
    String stream = book.require(request.RecordingToken, NO_RECORDING);
    RecordingBook.requireTrack(request.TrackToken);
    GetTrackConfigurationResponse response = new GetTrackConfigurationResponse();
    response.TrackConfiguration = texts.track(stream);
    return response;
  }

  public SetTrackConfigurationResponse SetTrackConfiguration(SetTrackConfiguration request) {
    String stream = book.require(request.RecordingToken, NO_RECORDING);
    RecordingBook.requireTrack(request.TrackToken);
    texts.set(stream, required(request.TrackConfiguration, "TrackConfiguration"));
    return new SetTrackConfigurationResponse();
  }

  public GetRecordingOptionsResponse GetRecordingOptions(GetRecordingOptions request) {
    String stream = book.require(request.RecordingToken, NO_RECORDING);
    GetRecordingOptionsResponse response = new GetRecordingOptionsResponse();
    response.Options = new RecordingOptions();
    response.Options.Job = new JobOptions();
    response.Options.Job.Spare = book.job(stream).isPresent() ? 0 : 1;
    response.Options.Job.CompatibleSources = List.of(stream);
    response.Options.Track = new TrackOptions();
    response.Options.Track.SpareTotal = 0;
    response.Options.Track.SpareVideo = 0;
    response.Options.Track.SpareAudio = 0;
    response.Options.Track.SpareMetadata = 0;
    return response;
  }

  public GetRecordingJobsResponse GetRecordingJobs(GetRecordingJobs request) {
    GetRecordingJobsResponse response = new GetRecordingJobsResponse();
    response.JobItem.addAll(jobs.list());
    return response;
  }

  public CreateRecordingJobResponse CreateRecordingJob(CreateRecordingJob request) {
    String stream = jobs.create(required(request.JobConfiguration, "JobConfiguration"));
    CreateRecordingJobResponse response = new CreateRecordingJobResponse();
    response.JobToken = JobDesk.token(stream);
    response.JobConfiguration = jobs.configuration(response.JobToken);
    return response;
  }

  public DeleteRecordingJobResponse DeleteRecordingJob(DeleteRecordingJob request) {
    jobs.delete(request.JobToken);
    return new DeleteRecordingJobResponse();
  }

  public GetRecordingJobConfigurationResponse GetRecordingJobConfiguration(
      GetRecordingJobConfiguration request) {
    GetRecordingJobConfigurationResponse response = new GetRecordingJobConfigurationResponse();
    response.JobConfiguration = jobs.configuration(request.JobToken);
    return response;
  }

  public SetRecordingJobConfigurationResponse SetRecordingJobConfiguration(
      SetRecordingJobConfiguration request) {
    jobs.set(request.JobToken, required(request.JobConfiguration, "JobConfiguration"));
    SetRecordingJobConfigurationResponse response = new SetRecordingJobConfigurationResponse();
    response.JobConfiguration = jobs.configuration(request.JobToken);
    return response;
  }

  public SetRecordingJobModeResponse SetRecordingJobMode(SetRecordingJobMode request) {
    jobs.mode(request.JobToken, required(request.Mode, "Mode"));
    return new SetRecordingJobModeResponse();
  }

  public GetRecordingJobStateResponse GetRecordingJobState(GetRecordingJobState request) {
    GetRecordingJobStateResponse response = new GetRecordingJobStateResponse();
    response.State = jobs.state(request.JobToken);
    return response;
  }
}
