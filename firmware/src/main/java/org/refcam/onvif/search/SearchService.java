// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import static org.refcam.onvif.Values.required;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.Call;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.events.TopicFilter;
import org.refcam.onvif.schema.RecordingTypes.SourceReference;
import org.refcam.onvif.schema.SearchTypes.EventFilter;
import org.refcam.onvif.schema.SearchTypes.FindEventResult;
import org.refcam.onvif.schema.SearchTypes.FindEventResultList;
import org.refcam.onvif.schema.SearchTypes.FindRecordingResultList;
import org.refcam.onvif.schema.SearchTypes.RecordingInformation;
import org.refcam.onvif.schema.SearchTypes.RecordingSummary;
import org.refcam.onvif.schema.SearchTypes.SearchScope;
import org.refcam.onvif.search.SearchMessages.Capabilities;
import org.refcam.onvif.search.SearchMessages.EndSearch;
import org.refcam.onvif.search.SearchMessages.EndSearchResponse;
import org.refcam.onvif.search.SearchMessages.FindEvents;
import org.refcam.onvif.search.SearchMessages.FindEventsResponse;
import org.refcam.onvif.search.SearchMessages.FindRecordings;
import org.refcam.onvif.search.SearchMessages.FindRecordingsResponse;
import org.refcam.onvif.search.SearchMessages.GetEventSearchResults;
import org.refcam.onvif.search.SearchMessages.GetEventSearchResultsResponse;
import org.refcam.onvif.search.SearchMessages.GetMediaAttributes;
import org.refcam.onvif.search.SearchMessages.GetMediaAttributesResponse;
import org.refcam.onvif.search.SearchMessages.GetRecordingInformation;
import org.refcam.onvif.search.SearchMessages.GetRecordingInformationResponse;
import org.refcam.onvif.search.SearchMessages.GetRecordingSearchResults;
import org.refcam.onvif.search.SearchMessages.GetRecordingSearchResultsResponse;
import org.refcam.onvif.search.SearchMessages.GetRecordingSummary;
import org.refcam.onvif.search.SearchMessages.GetRecordingSummaryResponse;
import org.refcam.onvif.search.SearchMessages.GetServiceCapabilities;
import org.refcam.onvif.search.SearchMessages.GetServiceCapabilitiesResponse;
import org.refcam.vault.RecordedSpan;

/**
 * The recording search service (search.wsdl). The index is in memory, so a search is done when it
 * is asked for, and its results wait to be fetched. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TSE)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class SearchService {
  private static final String INVALID_TOKEN = "InvalidToken";

  private final RecordingBook book;
  private final SearchSessions sessions;
  private final TrackFacts facts;

  public SearchService(Rooms rooms) {
    book = rooms.recordings();
    sessions = new SearchSessions(rooms.parts().clock());
    facts = new TrackFacts(book);
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.MetadataSearch = false;
    made.GeneralStartEvents = true;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetRecordingSummaryResponse GetRecordingSummary(GetRecordingSummary request) {
    List<RecordedSpan> spans =
        book.control().streams().stream().flatMap(stream -> book.span(stream).stream()).toList();
    GetRecordingSummaryResponse response = new GetRecordingSummaryResponse();
    response.Summary = new RecordingSummary();
    response.Summary.DataFrom =
        RecordingBook.text(
            spans.stream().map(RecordedSpan::from).min(Instant::compareTo).orElse(book.now()));
    response.Summary.DataUntil =
        RecordingBook.text(
            spans.stream().map(RecordedSpan::until).max(Instant::compareTo).orElse(book.now()));
    response.Summary.NumberRecordings = book.control().streams().size();
    return response;
  }

  public GetRecordingInformationResponse GetRecordingInformation(GetRecordingInformation request) {
    GetRecordingInformationResponse response = new GetRecordingInformationResponse();
    response.RecordingInformation =
        book.information(book.require(request.RecordingToken, INVALID_TOKEN));
    return response;
  }

  public GetMediaAttributesResponse GetMediaAttributes(GetMediaAttributes request) {
    Instant at = instant(request.Time, "Time");
    List<String> streams =
        request.RecordingTokens.isEmpty()
            ? book.control().streams()
            : request.RecordingTokens.stream()
                .distinct()
                .map(token -> book.require(token, INVALID_TOKEN))
                .toList();
    GetMediaAttributesResponse response = new GetMediaAttributesResponse();
    streams.forEach(stream -> facts.at(stream, at).ifPresent(response.MediaAttributes::add));
    return response;
  }

  public FindRecordingsResponse FindRecordings(FindRecordings request) {
    List<RecordingInformation> found =
        scope(request.Scope).stream()
            .map(book::information)
            .limit(most(request.MaxMatches))
            .toList();
    FindRecordingsResponse response = new FindRecordingsResponse();
    response.SearchToken =
        sessions.open(
            client(),
            RecordingInformation.class,
            found,
            duration(request.KeepAliveTime),
            book.now());
    return response;
  }

  public GetRecordingSearchResultsResponse GetRecordingSearchResults(
      GetRecordingSearchResults request) {
    SearchSessions.Part<RecordingInformation> part =
        sessions.next(
            request.SearchToken,
            client(),
            RecordingInformation.class,
            Optional.ofNullable(request.MaxResults));
    GetRecordingSearchResultsResponse response = new GetRecordingSearchResultsResponse();
    response.ResultList = new FindRecordingResultList();
    response.ResultList.SearchState = part.completed() ? "Completed" : "Searching";
    response.ResultList.RecordingInformation.addAll(part.results());
    return response;
  }

  public FindEventsResponse FindEvents(FindEvents request) {
    Instant start = instant(request.StartPoint, "StartPoint");
    Instant end =
        request.EndPoint == null ? max(start, book.now()) : instant(request.EndPoint, "EndPoint");
    int most = most(request.MaxMatches);
    List<FindEventResult> found =
        new EventSearch(book.vault(), filter(request.SearchFilter), most)
            .run(scope(request.Scope), start, end, Boolean.TRUE.equals(request.IncludeStartState));
    Instant reached = found.size() < most ? end : instant(found.get(found.size() - 1).Time, "Time");
    FindEventsResponse response = new FindEventsResponse();
    response.SearchToken =
        sessions.open(
            client(), FindEventResult.class, found, duration(request.KeepAliveTime), reached);
    return response;
  }

  public GetEventSearchResultsResponse GetEventSearchResults(GetEventSearchResults request) {
    SearchSessions.Part<FindEventResult> part =
        sessions.next(
            request.SearchToken,
            client(),
            FindEventResult.class,
            Optional.ofNullable(request.MaxResults));
    GetEventSearchResultsResponse response = new GetEventSearchResultsResponse();
    response.ResultList = new FindEventResultList();
    response.ResultList.SearchState = part.completed() ? "Completed" : "Searching";
    response.ResultList.Result.addAll(part.results());
    return response;
  }

  public EndSearchResponse EndSearch(EndSearch request) {
    EndSearchResponse response = new EndSearchResponse();
    response.Endpoint = RecordingBook.text(sessions.end(request.SearchToken, client()));
    return response;
  }

  /** Streams of the scope: the union of sources and recordings, then what the filter admits. */
  private List<String> scope(@Nullable SearchScope scope) {
    List<String> all = book.control().streams();
    if (scope == null) {
      return all;
    }
    List<String> named = new ArrayList<>();
    for (String token : scope.IncludedRecordings) {
      named.add(book.require(token, INVALID_TOKEN));
    }
    for (SourceReference source : scope.IncludedSources) {
      if (MediaProfiles.SOURCE.equals(source.Token)) {
        named.addAll(all);
      } else if (all.contains(source.Token)) {
        named.add(source.Token);
      } else {
        throw OnvifFault.invalid("InvalidSource", "there is no such source");
      }
    }
    List<String> streams =
        scope.IncludedRecordings.isEmpty() && scope.IncludedSources.isEmpty() ? all : named;
    Optional<Predicate<RecordingInformation>> condition =
        Optional.ofNullable(scope.RecordingInformationFilter)
            .filter(text -> !text.isBlank())
            .map(RecordingFilter::parse);
    return streams.stream()
        .distinct()
        .filter(stream -> condition.map(c -> c.test(book.information(stream))).orElse(true))
        .toList();
  }

  private static TopicFilter filter(@Nullable EventFilter filter) {
    try {
      return filter == null ? TopicFilter.ALL : TopicFilter.of(filter.any);
    } catch (OnvifFault e) {
      OnvifFault fault = OnvifFault.invalid("InvalidFilterFault", "only topics can be filtered");
      fault.initCause(e);
      throw fault;
    }
  }

  private static int most(@Nullable Integer wanted) {
    return wanted == null
        ? SearchSessions.MOST_RESULTS
        : Math.max(1, Math.min(wanted, SearchSessions.MOST_RESULTS));
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant instant(@Nullable String text, String name) {
    try {
      return OffsetDateTime.parse(required(text, name).strip()).toInstant();
    } catch (DateTimeException e) {
      throw invalid(name + " is no time in UTC", e);
    }
  }

  private static Duration duration(@Nullable String text) {
    try {
      return Duration.parse(required(text, "KeepAliveTime").strip());
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid("KeepAliveTime is no duration", e);
    }
  }

  private static OnvifFault invalid(String text, Exception cause) {
    OnvifFault fault = OnvifFault.of(Code.INVALID_ARGS, text);
    fault.initCause(cause);
    return fault;
  }

  private static String client() {
    return Call.current()
        .client()
        .orElseThrow(() -> new IllegalStateException("searches are for clients"))
        .username();
  }
}
