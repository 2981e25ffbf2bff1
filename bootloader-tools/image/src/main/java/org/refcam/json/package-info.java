// SPDX-License-Identifier: Apache-2.0
/**
 * JSON that may be hostile: bounded and strict reading with typed fields, and the one canonical
 * form over which signatures are made.
 */
@NullMarked
package org.refcam.json;

import org.jspecify.annotations.NullMarked;
