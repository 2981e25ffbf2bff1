// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.servlet.ServletConfig;
import java.util.List;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;

/** CXF's JAX-RS under {@code /api/v1}; its endpoints are made in {@link #loadBus}. */
final class RestServlet extends CXFNonSpringServlet {
  private static final long serialVersionUID = 1L;

  private final transient List<Object> resources;
  private final transient Gatekeeper gatekeeper;

  RestServlet(List<Object> resources, Gatekeeper gatekeeper) {
    this.resources = resources;
    this.gatekeeper = gatekeeper;
  }

  @Override
  protected void loadBus(ServletConfig config) {
    super.loadBus(config);
    JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
    factory.setBus(getBus());
    factory.setServiceBeans(resources);
    factory.setProviders(
        List.of(gatekeeper, new Problems(), new JacksonJsonProvider(new ObjectMapper())));
    factory.setAddress("/");
    factory.create();
  }
}
