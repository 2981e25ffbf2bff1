// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an update must fit.
 *
 * @param directory {@code update} of the data directory
 * @param repository below it {@code metadata/} and {@code targets/}; empty to ask nobody
 * @param channel such as {@code stable}
 * @param board id of the board
 * @param revision of its hardware
 * @param version that runs
 * @param serial decides, on the camera and told to nobody, its place in a staged rollout
 */
public record UpdateSettings(
    Path directory,
    Optional<URI> repository,
    String channel,
    String board,
    String revision,
    String version,
    String serial) {}
