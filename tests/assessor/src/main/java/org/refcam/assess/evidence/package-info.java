// SPDX-License-Identifier: Apache-2.0
/**
 * The conformity dossier of RefCam itself: what the running firmware says of itself, compared with
 * a scan of it, and requirement by requirement which code keeps it, which tests attack it and how
 * they ended. Unlike the rest of the assessor it reads the source tree and its own camera.
 */
@NullMarked
package org.refcam.assess.evidence;

import org.jspecify.annotations.NullMarked;
