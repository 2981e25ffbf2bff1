/* SPDX-License-Identifier: Apache-2.0 */
/* OpenH264's encoder, one function per Java method. Policy lives in OpenH264Encoder.java. */
#include <stdint.h>
#include <string.h>
#include <wels/codec_api.h>

#include "jni_error.h"
#include "org_refcam_encode_OpenH264Encoder.h"

enum { WIDTH, HEIGHT, BITS_PER_SECOND, GOP_FRAMES, MAIN_PROFILE, THREADS };

static void configure(SEncParamExt *p, const jint *s, float frame_rate) {
  p->iUsageType = CAMERA_VIDEO_REAL_TIME;
  p->iPicWidth = s[WIDTH];
  p->iPicHeight = s[HEIGHT];
  p->iTargetBitrate = s[BITS_PER_SECOND];
  p->iMaxBitrate = UNSPECIFIED_BIT_RATE;
  p->iRCMode = RC_BITRATE_MODE;
  p->fMaxFrameRate = frame_rate;
  p->iTemporalLayerNum = 1;
  p->iSpatialLayerNum = 1;
  p->iComplexityMode = LOW_COMPLEXITY;
  p->uiIntraPeriod = (unsigned)s[GOP_FRAMES];
  p->iNumRefFrame = 1;
  p->eSpsPpsIdStrategy = CONSTANT_ID;
  p->bPrefixNalAddingCtrl = 0;
  p->bEnableSSEI = 0;
  p->iEntropyCodingModeFlag = s[MAIN_PROFILE];
  p->bEnableFrameSkip = 0;
  p->iMultipleThreadIdc = (unsigned short)s[THREADS];
  p->bEnableDenoise = 0;
  p->bEnableBackgroundDetection = 1;
  p->bEnableAdaptiveQuant = 0;
  p->bEnableSceneChangeDetect = 0;
  p->bEnableLongTermReference = 0;
  SSpatialLayerConfig *layer = &p->sSpatialLayers[0];
  layer->iVideoWidth = s[WIDTH];
  layer->iVideoHeight = s[HEIGHT];
  layer->fFrameRate = frame_rate;
  layer->iSpatialBitrate = s[BITS_PER_SECOND];
  layer->iMaxSpatialBitrate = UNSPECIFIED_BIT_RATE;
  layer->uiProfileIdc = s[MAIN_PROFILE] ? PRO_MAIN : PRO_BASELINE;
  layer->uiLevelIdc = LEVEL_UNKNOWN;
  layer->sSliceArgument.uiSliceMode = SM_SINGLE_SLICE;
  if (s[THREADS] > 1) {
    layer->sSliceArgument.uiSliceMode = SM_FIXEDSLCNUM_SLICE;
    layer->sSliceArgument.uiSliceNum = (unsigned)s[THREADS];
  }
}

JNIEXPORT jlong JNICALL Java_org_refcam_encode_OpenH264Encoder_create(JNIEnv *env, jclass type, jintArray settings,
                                                                      jfloat frame_rate) {
  jint s[6];
  (*env)->GetIntArrayRegion(env, settings, 0, 6, s);
  if ((*env)->ExceptionCheck(env)) {
    return 0;
  }
  ISVCEncoder *encoder = NULL;
  int code = WelsCreateSVCEncoder(&encoder);
  if (code != 0 || encoder == NULL) {
    throw_io(env, "WelsCreateSVCEncoder", "no encoder", code);
    return 0;
  }
  int quiet = WELS_LOG_QUIET;
  (*encoder)->SetOption(encoder, ENCODER_OPTION_TRACE_LEVEL, &quiet);
  SEncParamExt parameters;
  (*encoder)->GetDefaultParams(encoder, &parameters);
  configure(&parameters, s, frame_rate);
  code = (*encoder)->InitializeExt(encoder, &parameters);
  if (code != 0) {
    WelsDestroySVCEncoder(encoder);
    throw_io(env, "InitializeExt", "settings refused", code);
    return 0;
  }
  int format = videoFormatI420;
  (*encoder)->SetOption(encoder, ENCODER_OPTION_DATAFORMAT, &format);
  return (jlong)(intptr_t)encoder;
}

static jbyteArray byte_stream(JNIEnv *env, const SFrameBSInfo *info) {
  jbyteArray bytes = (*env)->NewByteArray(env, info->iFrameSizeInBytes);
  if (bytes == NULL) {
    return NULL;
  }
  jsize at = 0;
  for (int i = 0; i < info->iLayerNum; i++) {
    const SLayerBSInfo *layer = &info->sLayerInfo[i];
    jsize length = 0;
    for (int n = 0; n < layer->iNalCount; n++) {
      length += layer->pNalLengthInByte[n];
    }
    (*env)->SetByteArrayRegion(env, bytes, at, length, (const jbyte *)layer->pBsBuf);
    at += length;
  }
  return bytes;
}

/* The planes are read where they lie. Returns the Annex B byte stream, or null if the encoder gave no picture. */
JNIEXPORT jbyteArray JNICALL Java_org_refcam_encode_OpenH264Encoder_encode(
    JNIEnv *env, jobject self, jlong handle, jobject y, jint y_stride, jobject u, jobject v, jint uv_stride, jint width,
    jint height, jlong millis, jboolean force_idr) {
  ISVCEncoder *encoder = (ISVCEncoder *)(intptr_t)handle;
  SSourcePicture picture;
  memset(&picture, 0, sizeof picture);
  picture.iColorFormat = videoFormatI420;
  picture.iPicWidth = width;
  picture.iPicHeight = height;
  picture.iStride[0] = y_stride;
  picture.iStride[1] = picture.iStride[2] = uv_stride;
  picture.pData[0] = address(env, y, 0);
  picture.pData[1] = address(env, u, 0);
  picture.pData[2] = address(env, v, 0);
  picture.uiTimeStamp = millis;
  if (force_idr) {
    (*encoder)->ForceIntraFrame(encoder, 1);
  }
  SFrameBSInfo info;
  memset(&info, 0, sizeof info);
  int code = (*encoder)->EncodeFrame(encoder, &picture, &info);
  if (code != cmResultSuccess) {
    throw_io(env, "EncodeFrame", "failed", code);
    return NULL;
  }
  return info.eFrameType == videoFrameTypeSkip || info.iFrameSizeInBytes <= 0 ? NULL : byte_stream(env, &info);
}

JNIEXPORT void JNICALL Java_org_refcam_encode_OpenH264Encoder_setBitrate(JNIEnv *env, jobject self, jlong handle,
                                                                         jint bits_per_second) {
  ISVCEncoder *encoder = (ISVCEncoder *)(intptr_t)handle;
  SBitrateInfo rate = {SPATIAL_LAYER_ALL, bits_per_second};
  int code = (*encoder)->SetOption(encoder, ENCODER_OPTION_BITRATE, &rate);
  if (code != 0) {
    throw_io(env, "SetOption(BITRATE)", "refused", code);
  }
}

JNIEXPORT void JNICALL Java_org_refcam_encode_OpenH264Encoder_destroy(JNIEnv *env, jclass type, jlong handle) {
  ISVCEncoder *encoder = (ISVCEncoder *)(intptr_t)handle;
  (*encoder)->Uninitialize(encoder);
  WelsDestroySVCEncoder(encoder);
}
