// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.cxf.binding.soap.SoapBindingConstants;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.refcam.onvif.device.DeviceService;
import org.refcam.onvif.deviceio.DeviceIoService;
import org.refcam.onvif.events.EventService;
import org.refcam.onvif.events.SubscriptionService;
import org.refcam.onvif.imaging.ImagingService;
import org.refcam.onvif.media.MediaService;
import org.refcam.onvif.media2.Media2Service;

/**
 * CXF's JAX-WS, one endpoint a namespace, each made when it is first called: what nobody uses costs
 * neither start nor memory.
 */
final class SoapServices extends CXFNonSpringServlet {
  private static final long serialVersionUID = 1L;

  private static final Map<String, Function<Rooms, Object>> MAKERS =
      Map.of(
          Namespaces.TDS, DeviceService::new,
          Namespaces.TRT, MediaService::new,
          Namespaces.TR2, Media2Service::new,
          Namespaces.TEV, EventService::new,
          Namespaces.WSNT, SubscriptionService::new,
          Namespaces.TIMG, ImagingService::new,
          Namespaces.TMD, DeviceIoService::new);

  private static final Map<String, String> PATHS =
      Map.of(
          Namespaces.TDS, "device_service",
          Namespaces.TRT, "media_service",
          Namespaces.TR2, "media2_service",
          Namespaces.TEV, "event_service",
          Namespaces.WSNT, "subscription",
          Namespaces.TIMG, "imaging_service",
          Namespaces.TMD, "deviceio_service");

  /**
   * Declared once, at the envelope. Widely used clients take an element that declares a namespace
   * itself for one with contents, and an empty answer then for a wrong one.
   */
  private static final Map<String, String> ENVELOPE_PREFIXES =
      Map.of(
          "tt", Namespaces.TT,
          "tds", Namespaces.TDS,
          "trt", Namespaces.TRT,
          "tr2", Namespaces.TR2,
          "tev", Namespaces.TEV,
          "wsnt", Namespaces.WSNT,
          "timg", Namespaces.TIMG,
          "tmd", Namespaces.TMD);

  private final transient Rooms rooms;
  private final transient Set<String> made = new HashSet<>();

  SoapServices(OnvifParts parts) {
    rooms = Rooms.of(parts);
  }

  /** Where CXF finds the service of a namespace. */
  static String path(String namespace) {
    return "/" + PATHS.getOrDefault(namespace, "none");
  }

  @Override
  protected void loadBus(ServletConfig config) {
    setBus(new CXFBusFactory().createBus());
  }

  void service(SoapRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    PATHS.forEach(
        (namespace, path) -> {
          if (request.getPathInfo().equals("/" + path)) {
            require(namespace);
          }
        });
    super.service(request, response);
  }

  private synchronized void require(String namespace) {
    if (made.add(namespace)) {
      Function<Rooms, Object> maker = Objects.requireNonNull(MAKERS.get(namespace));
      publish(maker.apply(rooms), path(namespace));
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
            true));
    factory.setInInterceptors(List.of(new UnderstoodHeaders()));
    factory.setOutInterceptors(List.of(new AddressingAnswer()));
    factory.setOutFaultInterceptors(List.of(new FaultShield()));
    factory.create();
  }
}
