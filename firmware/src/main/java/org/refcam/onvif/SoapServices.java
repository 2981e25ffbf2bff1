// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cxf.binding.soap.SoapBindingConstants;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.refcam.onvif.advancedsecurity.AdvancedSecurityService;
import org.refcam.onvif.analytics.AnalyticsService;
import org.refcam.onvif.device.DeviceService;
import org.refcam.onvif.deviceio.DeviceIoService;
import org.refcam.onvif.events.EventService;
import org.refcam.onvif.events.SubscriptionService;
import org.refcam.onvif.imaging.ImagingService;
import org.refcam.onvif.media.MediaService;
import org.refcam.onvif.media2.Media2Service;
import org.refcam.onvif.recording.RecordingService;
import org.refcam.onvif.replay.ReplayService;
import org.refcam.onvif.search.SearchService;

/**
 * CXF's JAX-WS, one endpoint a namespace, each made when it is first called: what nobody uses costs
 * neither start nor memory.
 */
final class SoapServices extends CXFNonSpringServlet {
  private static final long serialVersionUID = 1L;

  private record Endpoint(String prefix, String path, Function<Rooms, Object> maker) {}

  private static final Map<String, Endpoint> ENDPOINTS =
      Map.ofEntries(
          Map.entry(Namespaces.TDS, new Endpoint("tds", "device_service", DeviceService::new)),
          Map.entry(Namespaces.TRT, new Endpoint("trt", "media_service", MediaService::new)),
          Map.entry(Namespaces.TR2, new Endpoint("tr2", "media2_service", Media2Service::new)),
          Map.entry(Namespaces.TEV, new Endpoint("tev", "event_service", EventService::new)),
          Map.entry(
              Namespaces.WSNT, new Endpoint("wsnt", "subscription", SubscriptionService::new)),
          Map.entry(Namespaces.TIMG, new Endpoint("timg", "imaging_service", ImagingService::new)),
          Map.entry(
              Namespaces.TAN, new Endpoint("tan", "analytics_service", AnalyticsService::new)),
          Map.entry(Namespaces.TMD, new Endpoint("tmd", "deviceio_service", DeviceIoService::new)),
          Map.entry(
              Namespaces.TRC, new Endpoint("trc", "recording_service", RecordingService::new)),
          Map.entry(Namespaces.TSE, new Endpoint("tse", "search_service", SearchService::new)),
          Map.entry(Namespaces.TRP, new Endpoint("trp", "replay_service", ReplayService::new)),
          Map.entry(
              Namespaces.TAS,
              new Endpoint("tas", "advancedsecurity_service", AdvancedSecurityService::new)));

  /**
   * Declared once, at the envelope. Widely used clients take an element that declares a namespace
   * itself for one with contents, and an empty answer then for a wrong one.
   */
  private static final Map<String, String> ENVELOPE_PREFIXES =
      Stream.concat(
              Stream.of(Map.entry("tt", Namespaces.TT)),
              ENDPOINTS.entrySet().stream()
                  .map(one -> Map.entry(one.getValue().prefix(), one.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final transient Rooms rooms;
  private final transient Set<String> made = new HashSet<>();

  SoapServices(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Where CXF finds the service of a namespace. */
  static String path(String namespace) {
    return "/" + Optional.ofNullable(ENDPOINTS.get(namespace)).map(Endpoint::path).orElse("none");
  }

  @Override
  protected void loadBus(ServletConfig config) {
    setBus(new CXFBusFactory().createBus());
  }

  void service(SoapRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    ENDPOINTS.forEach(
        (namespace, endpoint) -> {
          if (request.getPathInfo().equals("/" + endpoint.path())) {
            require(namespace, endpoint);
          }
        });
    super.service(request, response);
  }

  private synchronized void require(String namespace, Endpoint endpoint) {
    if (made.add(namespace)) {
      publish(endpoint.maker().apply(rooms), path(namespace));
    }
  }

  private void publish(Object service, String path) {
    JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
    factory.setBus(getBus());
    factory.setServiceBean(service);
    factory.setAddress(path);
    factory.setBindingId(SoapBindingConstants.SOAP12_BINDING_ID);
    factory.setProperties(
        Map.of(
            "set-jaxb-validation-event-handler",
            "false",
            "soap.env.ns.map",
            ENVELOPE_PREFIXES,
            "disable.outputstream.optimization",
            true,
            FaultListener.class.getName(),
            new HangUps()));
    factory.setInInterceptors(List.of(new UnderstoodHeaders()));
    factory.setOutInterceptors(List.of(new AddressingAnswer()));
    factory.setOutFaultInterceptors(List.of(new FaultShield()));
    factory.create();
  }
}
