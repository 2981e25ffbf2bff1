// SPDX-License-Identifier: Apache-2.0
/** The command {@code tests/assess}: reads options, runs the checks, writes the report. */
@NullMarked
package org.refcam.assess;

import org.jspecify.annotations.NullMarked;
