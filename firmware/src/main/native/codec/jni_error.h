/* SPDX-License-Identifier: Apache-2.0 */
/* The one place where the codec layer raises Java exceptions. */
#ifndef REFCAM_JNI_ERROR_H
#define REFCAM_JNI_ERROR_H

#include <jni.h>
#include <stdio.h>

static inline void throw_io(JNIEnv *env, const char *call, const char *detail, long code) {
  char message[256];
  snprintf(message, sizeof message, "%s: %s (%ld)", call, detail, code);
  jclass type = (*env)->FindClass(env, "java/io/IOException");
  if (type != NULL) {
    (*env)->ThrowNew(env, type, message);
  }
}

/* Java checked that the buffer is direct and long enough; a null address here is a bug on that side. */
static inline unsigned char *address(JNIEnv *env, jobject buffer, jint offset) {
  unsigned char *base = (*env)->GetDirectBufferAddress(env, buffer);
  return base == NULL ? NULL : base + offset;
}

#endif
