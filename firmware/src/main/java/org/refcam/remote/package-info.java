// SPDX-License-Identifier: Apache-2.0
/**
 * The copy of recordings elsewhere: which clips wait, S3-compatible stores and SFTP servers. What
 * it sends is sealed for the owner's recovery key before it gets here.
 */
@NullMarked
package org.refcam.remote;

import org.jspecify.annotations.NullMarked;
