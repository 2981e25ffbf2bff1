// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.refcam.web.EvidenceBook.Evidence;

/** What the camera is, for administrators and whoever assesses it on their behalf. */
@Path("evidence")
@Produces(MediaType.APPLICATION_JSON)
public final class EvidenceResource {
  private final EvidenceBook book;

  EvidenceResource(EvidenceBook book) {
    this.book = book;
  }

  @GET
  public Evidence evidence() throws IOException {
    return book.read();
  }
}
