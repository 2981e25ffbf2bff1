// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.time.Duration;

/** The camera says no to a request, for a reason that the requester may know. */
public final class RefusedException extends Exception {
  private final Reason reason;
  private final String detail;
  private final Duration retryAfter;

  public RefusedException(Reason reason) {
    this(reason, "", Duration.ZERO);
  }

  /**
   * @param detail a machine word: the field, or what is weak in a password; may be empty
   * @param retryAfter when to try again; zero if that is not known
   */
  public RefusedException(Reason reason, String detail, Duration retryAfter) {
    super(reason + (detail.isEmpty() ? "" : " " + detail));
    this.reason = reason;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  public Reason reason() {
    return reason;
  }

  public String detail() {
    return detail;
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  /** Why, with the HTTP status and the words for a person in both languages. */
  public enum Reason {
    MALFORMED_JSON(400, "The request is not valid JSON.", "Yêu cầu không phải là JSON hợp lệ."),
    MALFORMED_REQUEST(400, "The request is not valid.", "Yêu cầu không hợp lệ."),
    WRONG_HOST(400, "This name is not the camera's.", "Tên này không phải của camera."),
    SIGN_IN_FIRST(401, "Sign in first.", "Hãy đăng nhập trước."),
    WRONG_CREDENTIALS(
        401, "User name or password is wrong.", "Tên người dùng hoặc mật khẩu không đúng."),
    SET_UP_FIRST(403, "Set up the camera first.", "Hãy thiết lập camera trước."),
    WRONG_LABEL(403, "This is not the label's password.", "Đây không phải là mật khẩu trên nhãn."),
    CROSS_SITE(403, "The request came from another site.", "Yêu cầu đến từ một trang web khác."),
    CSRF_TOKEN(
        403, "The request lacks its session's token.", "Yêu cầu thiếu mã xác nhận của phiên."),
    CHANGE_PASSWORD_FIRST(
        403, "Choose your own password first.", "Hãy đặt mật khẩu của riêng bạn trước."),
    CONFIRM_FIRST(403, "Confirm with your password first.", "Hãy xác nhận bằng mật khẩu trước."),
    FORBIDDEN(403, "Your role does not allow this.", "Vai trò của bạn không được phép."),
    NOT_FOUND(404, "There is no such thing here.", "Không tìm thấy mục này."),
    METHOD_NOT_ALLOWED(405, "This method is not offered.", "Phương thức này không được hỗ trợ."),
    TOO_SLOW(408, "The request came too slowly.", "Yêu cầu được gửi quá chậm."),
    ALREADY_SET_UP(409, "The camera is already set up.", "Camera đã được thiết lập."),
    NAME_TAKEN(409, "This name is taken.", "Tên này đã được dùng."),
    LAST_ADMINISTRATOR(
        409,
        "The camera would have no administrator left.",
        "Camera sẽ không còn quản trị viên nào."),
    OUTSIDE_VIET_NAM(
        409,
        "\"Store in Viet Nam only\" is on, and this destination is declared elsewhere.",
        "\"Chỉ lưu tại Việt Nam\" đang bật, và đích này được khai báo ở nơi khác."),
    NEEDS_HOST_NAME(
        409,
        "Passkeys need a page that is opened by name, not by IP address.",
        "Khóa truy cập cần mở trang bằng tên miền, không phải địa chỉ IP."),
    HELD(
        409,
        "This clip is held. Lift the hold first.",
        "Đoạn ghi này đang được giữ. Hãy bỏ giữ trước."),
    NOT_READY(409, "This is not ready yet.", "Mục này chưa sẵn sàng."),
    TOO_MANY(409, "There is no room for one more.", "Đã đạt số lượng tối đa."),
    TOO_LARGE(413, "The request is too large.", "Yêu cầu quá lớn."),
    NO_SUCH_RANGE(416, "The file has no such bytes.", "Tệp không có phần dữ liệu này."),
    NOT_JSON(415, "Send JSON.", "Hãy gửi dữ liệu JSON."),
    WEAK_PASSWORD(422, "This password is too weak.", "Mật khẩu này quá yếu."),
    WRONG_PASSKEY(422, "This passkey was not accepted.", "Khóa truy cập không được chấp nhận."),
    WRONG_CERTIFICATE(
        422,
        "This certificate is not for this camera.",
        "Chứng chỉ này không phải của camera này."),
    INVALID_FIELD(422, "A field's value is not valid.", "Giá trị của một trường không hợp lệ."),
    UPDATE_REFUSED(422, "The update is refused.", "Bản cập nhật bị từ chối."),
    LOCKED(
        429,
        "Too many wrong attempts. Wait and try again.",
        "Quá nhiều lần thử sai. Hãy đợi rồi thử lại."),
    ERASING(409, "The camera is being erased.", "Camera đang được xóa."),
    INTERNAL(500, "The camera made an error.", "Camera gặp lỗi."),
    NO_PICTURE(503, "There is no picture now.", "Hiện không có hình ảnh."),
    NO_RADIO(
        503,
        "The camera has no Wi-Fi radio that it may use now.",
        "Hiện camera không có bộ thu phát Wi-Fi để dùng."),
    NO_RECORDINGS(503, "The recordings cannot be opened.", "Không mở được các bản ghi.");

    private final int status;
    private final String english;
    private final String vietnamese;

    Reason(int status, String english, String vietnamese) {
      this.status = status;
      this.english = english;
      this.vietnamese = vietnamese;
    }

    public int status() {
      return status;
    }

    public String english() {
      return english;
    }

    public String vietnamese() {
      return vietnamese;
    }
  }
}
