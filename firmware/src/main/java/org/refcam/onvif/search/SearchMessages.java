// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.SearchTypes;

/**
 * All messages of the service. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class SearchMessages {
  private SearchMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetRecordingSummary")
  public static class GetRecordingSummary {}

  @XmlRootElement(name = "GetRecordingSummaryResponse")
  public static class GetRecordingSummaryResponse {
    public SearchTypes.RecordingSummary Summary;
  }

  @XmlRootElement(name = "GetRecordingInformation")
  public static class GetRecordingInformation {
    public String RecordingToken;
  }

  @XmlRootElement(name = "GetRecordingInformationResponse")
  public static class GetRecordingInformationResponse {
    public SearchTypes.RecordingInformation RecordingInformation;
  }

  @XmlRootElement(name = "GetMediaAttributes")
  public static class GetMediaAttributes {
    public List<String> RecordingTokens = new ArrayList<>();
    public String Time;
  }

  @XmlRootElement(name = "GetMediaAttributesResponse")
  public static class GetMediaAttributesResponse {
    public List<SearchTypes.MediaAttributes> MediaAttributes = new ArrayList<>();
  }

  @XmlRootElement(name = "FindRecordings")
  public static class FindRecordings {
    public SearchTypes.SearchScope Scope;
    public Integer MaxMatches;
    public String KeepAliveTime;
  }

  @XmlRootElement(name = "FindRecordingsResponse")
  public static class FindRecordingsResponse {
    public String SearchToken;
  }

  @XmlRootElement(name = "GetRecordingSearchResults")
  public static class GetRecordingSearchResults {
    public String SearchToken;
    public Integer MinResults;
    public Integer MaxResults;
    public String WaitTime;
  }

  @XmlRootElement(name = "GetRecordingSearchResultsResponse")
  public static class GetRecordingSearchResultsResponse {
    public SearchTypes.FindRecordingResultList ResultList;
  }

  @XmlRootElement(name = "FindEvents")
  public static class FindEvents {
    public String StartPoint;
    public String EndPoint;
    public SearchTypes.SearchScope Scope;
    public SearchTypes.EventFilter SearchFilter;
    public Boolean IncludeStartState;
    public Integer MaxMatches;
    public String KeepAliveTime;
  }

  @XmlRootElement(name = "FindEventsResponse")
  public static class FindEventsResponse {
    public String SearchToken;
  }

  @XmlRootElement(name = "GetEventSearchResults")
  public static class GetEventSearchResults {
    public String SearchToken;
    public Integer MinResults;
    public Integer MaxResults;
    public String WaitTime;
  }

  @XmlRootElement(name = "GetEventSearchResultsResponse")
  public static class GetEventSearchResultsResponse {
    public SearchTypes.FindEventResultList ResultList;
  }

  @XmlRootElement(name = "EndSearch")
  public static class EndSearch {
    public String SearchToken;
  }

  @XmlRootElement(name = "EndSearchResponse")
  public static class EndSearchResponse {
    public String Endpoint;
  }

  public static class Capabilities {
    @XmlAttribute(name = "MetadataSearch")
    public Boolean MetadataSearch;

    @XmlAttribute(name = "GeneralStartEvents")
    public Boolean GeneralStartEvents;
  }
}
