/* SPDX-License-Identifier: Apache-2.0 */
/* Colour conversion and scaling by libyuv, JPEG by TurboJPEG. All pictures end as I420. */
#include <libyuv.h>
#include <stdint.h>
#include <stdlib.h>
#include <turbojpeg.h>

#include "jni_error.h"
#include "org_refcam_encode_Pictures.h"

/* Destination planes lie in one buffer: Y, then U, then V, without padding between lines. */
struct i420 {
  unsigned char *y, *u, *v;
  int y_stride, uv_stride;
};

static struct i420 planes(unsigned char *base, int width, int height) {
  int half = (width + 1) / 2;
  struct i420 p = {base, base + width * height, base + width * height + half * ((height + 1) / 2), width, half};
  return p;
}

static void check(JNIEnv *env, const char *call, int code) {
  if (code != 0) {
    throw_io(env, call, "failed", code);
  }
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_nv12ToI420(JNIEnv *env, jclass type, jobject y, jint y_stride,
                                                                 jobject uv, jint uv_stride, jobject to, jint width,
                                                                 jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "NV12ToI420",
        NV12ToI420(address(env, y, 0), y_stride, address(env, uv, 0), uv_stride, d.y, d.y_stride, d.u, d.uv_stride, d.v,
                   d.uv_stride, width, height));
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_yuyvToI420(JNIEnv *env, jclass type, jobject from, jint stride,
                                                                 jobject to, jint width, jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "YUY2ToI420",
        YUY2ToI420(address(env, from, 0), stride, d.y, d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride, width, height));
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_copyI420(JNIEnv *env, jclass type, jobject y, jint y_stride,
                                                               jobject u, jobject v, jint uv_stride, jobject to,
                                                               jint width, jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "I420Copy",
        I420Copy(address(env, y, 0), y_stride, address(env, u, 0), uv_stride, address(env, v, 0), uv_stride, d.y,
                 d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride, width, height));
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_scaleI420(JNIEnv *env, jclass type, jobject y, jint y_stride,
                                                                jobject u, jobject v, jint uv_stride, jint width,
                                                                jint height, jobject to, jint to_width, jint to_height) {
  struct i420 d = planes(address(env, to, 0), to_width, to_height);
  check(env, "I420Scale",
        I420Scale(address(env, y, 0), y_stride, address(env, u, 0), uv_stride, address(env, v, 0), uv_stride, width,
                  height, d.y, d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride, to_width, to_height, kFilterBox));
}

/* value * factor / 256, moved; 16 bits suffice for the factors below, so that the compiler can use wide registers. */
__attribute__((optimize("O3"))) static void narrow(unsigned char *p, size_t count, uint16_t factor, uint16_t offset) {
  for (size_t i = 0; i < count; i++) {
    p[i] = (unsigned char)((uint16_t)(p[i] * factor + offset) >> 8);
  }
}

/*
 * JPEG counts from 0 to 255, video from 16 to 235 (chroma 240): 219/255 is 220/256, 224/255 is 225/256.
 * A picture of another size than was negotiated is refused; 4:2:2 and 4:4:4 chroma is reduced by libyuv.
 */
JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_jpegToI420(JNIEnv *env, jclass type, jobject from, jint length,
                                                                 jint from_width, jint from_height, jobject to,
                                                                 jint width, jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  int code = MJPGToI420(address(env, from, 0), (size_t)length, d.y, d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride,
                        from_width, from_height, width, height);
  if (code == 0) {
    narrow(d.y, (size_t)(d.u - d.y), 220, 16 * 256 + 128);
    narrow(d.u, (size_t)(d.v - d.u) * 2, 225, 128 * (256 - 225) + 128);
  }
  check(env, "MJPGToI420", code);
}

/* Through RGB, because JPEG's luma range is not video's; snapshots are rare. */
static jbyteArray compress(JNIEnv *env, tjhandle jpeg, const unsigned char *bgra, int width, int height, int quality) {
  unsigned char *out = NULL;
  unsigned long size = 0;
  jbyteArray bytes = NULL;
  if (tjCompress2(jpeg, bgra, width, 0, height, TJPF_BGRA, &out, &size, TJSAMP_420, quality, 0) != 0) {
    throw_io(env, "tjCompress2", tjGetErrorStr2(jpeg), -1);
  } else if ((bytes = (*env)->NewByteArray(env, (jsize)size)) != NULL) {
    (*env)->SetByteArrayRegion(env, bytes, 0, (jsize)size, (const jbyte *)out);
  }
  tjFree(out);
  return bytes;
}

JNIEXPORT jbyteArray JNICALL Java_org_refcam_encode_Pictures_i420ToJpeg(JNIEnv *env, jclass type, jobject y,
                                                                       jint y_stride, jobject u, jobject v,
                                                                       jint uv_stride, jint width, jint height,
                                                                       jint quality) {
  tjhandle jpeg = tjInitCompress();
  unsigned char *bgra = malloc((size_t)width * (size_t)height * 4);
  jbyteArray bytes = NULL;
  if (jpeg == NULL || bgra == NULL) {
    throw_io(env, "tjInitCompress", "no memory", -1);
  } else {
    I420ToARGB(address(env, y, 0), y_stride, address(env, u, 0), uv_stride, address(env, v, 0), uv_stride, bgra,
               width * 4, width, height);
    bytes = compress(env, jpeg, bgra, width, height, quality);
  }
  free(bgra);
  if (jpeg != NULL) {
    tjDestroy(jpeg);
  }
  return bytes;
}
