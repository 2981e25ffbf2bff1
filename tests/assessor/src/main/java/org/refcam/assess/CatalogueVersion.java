// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import org.refcam.assess.catalogue.Catalogue;
import picocli.CommandLine.IVersionProvider;

/** {@code tests/assess --version}: a verdict means nothing without the catalogue's. */
final class CatalogueVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"refcam-assess, catalogue " + Catalogue.read().version()};
  }
}
