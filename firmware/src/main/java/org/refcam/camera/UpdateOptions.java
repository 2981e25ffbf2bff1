// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where updates come from and whom to believe. Filled by picocli, then read only. */
final class UpdateOptions {
  @Option(
      names = "--update-url",
      paramLabel = "URL",
      description =
          "A repository as refcam-tools publishes it, http or https; asked at start and daily."
              + " Default: nobody is asked")
  @Nullable URI url;

  @Option(
      names = "--update-trust",
      paramLabel = "DIR",
      description =
          "Whom to believe, once: root.json, bundle-ca.crt and bundle-ca.crl of refcam-tools keys."
              + " Later runs keep to what the first took")
  @Nullable Path trust;

  @Option(
      names = "--update-channel",
      paramLabel = "NAME",
      description = "Default: ${DEFAULT-VALUE}")
  String channel = "stable";

  Optional<URI> url() {
    return Optional.ofNullable(url);
  }

  Optional<Path> trust() {
    return Optional.ofNullable(trust);
  }
}
