// SPDX-License-Identifier: Apache-2.0
/**
 * The camera's HTTPS door: the page, the REST interface under {@code /api/v1}, the browser's live
 * view and RTSP over WebSocket. What it needs from the rest of the camera it declares as small
 * interfaces in {@link org.refcam.web.WebDoors}.
 */
@NullMarked
package org.refcam.web;

import org.jspecify.annotations.NullMarked;
