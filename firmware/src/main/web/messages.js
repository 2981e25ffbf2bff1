// SPDX-License-Identifier: Apache-2.0
// Every word that a person reads, in both languages. One key a line; {name} is filled in by t().

const messages = {
  product: { en: "RefCam", vi: "RefCam" },
  language: { en: "Language", vi: "Ngôn ngữ" },
  english: { en: "English", vi: "English" },
  vietnamese: { en: "Tiếng Việt", vi: "Tiếng Việt" },
  loading: { en: "Loading…", vi: "Đang tải…" },
  retry: { en: "Try again", vi: "Thử lại" },
  back: { en: "Back", vi: "Quay lại" },
  next: { en: "Next", vi: "Tiếp tục" },
  save: { en: "Save", vi: "Lưu" },
  saved: { en: "Saved.", vi: "Đã lưu." },
  show: { en: "Show", vi: "Hiện" },
  hide: { en: "Hide", vi: "Ẩn" },
  skip: { en: "Skip to content", vi: "Đến nội dung chính" },
  menu: { en: "Main menu", vi: "Trình đơn chính" },

  setup_title: { en: "Set up your camera", vi: "Thiết lập camera" },
  setup_step: { en: "Step {step} of {steps}", vi: "Bước {step}/{steps}" },
  setup_label: { en: "The label", vi: "Nhãn của camera" },
  setup_label_help: { en: "Enter the password printed on your camera's label. It is different on every camera and works only until set-up ends.", vi: "Nhập mật khẩu in trên nhãn camera. Mỗi camera có một mật khẩu riêng và mật khẩu này chỉ dùng được đến khi thiết lập xong." },
  setup_label_scanned: { en: "Filled in from the QR code you scanned.", vi: "Đã điền sẵn từ mã QR bạn vừa quét." },
  label_password: { en: "Label password", vi: "Mật khẩu trên nhãn" },
  serial: { en: "Serial number", vi: "Số sê-ri" },
  setup_owner: { en: "Your password", vi: "Mật khẩu của bạn" },
  setup_owner_help: { en: "With this password you sign in as the owner. Only you know it; the camera cannot show it again.", vi: "Bạn dùng mật khẩu này để đăng nhập với tư cách chủ sở hữu. Chỉ bạn biết mật khẩu; camera không thể hiển thị lại." },
  new_password: { en: "New password", vi: "Mật khẩu mới" },
  repeat_password: { en: "Repeat the password", vi: "Nhập lại mật khẩu" },
  rule_length: { en: "At least {count} characters", vi: "Ít nhất {count} ký tự" },
  rule_variety: { en: "Not the same few characters again and again", vi: "Không lặp đi lặp lại vài ký tự" },
  rule_name: { en: "Does not contain “owner”, “refcam” or the serial number", vi: "Không chứa “owner”, “refcam” hoặc số sê-ri" },
  rule_label: { en: "Is not the label password", vi: "Không trùng với mật khẩu trên nhãn" },
  rule_same: { en: "Both entries are the same", vi: "Hai lần nhập giống nhau" },
  rule_met: { en: "met", vi: "đạt" },
  rule_unmet: { en: "not met", vi: "chưa đạt" },
  strength: { en: "Strength", vi: "Độ mạnh" },
  strength_0: { en: "Too weak", vi: "Quá yếu" },
  strength_1: { en: "Weak", vi: "Yếu" },
  strength_2: { en: "Fair", vi: "Tạm được" },
  strength_3: { en: "Good", vi: "Tốt" },
  strength_4: { en: "Strong", vi: "Rất mạnh" },
  strength_hint: { en: "Several unrelated words make a password that is strong and easy to remember.", vi: "Ghép vài từ không liên quan sẽ cho mật khẩu vừa mạnh vừa dễ nhớ." },
  setup_place: { en: "Place and privacy", vi: "Nơi đặt và quyền riêng tư" },
  time_zone: { en: "Time zone", vi: "Múi giờ" },
  country: { en: "Country", vi: "Quốc gia" },
  privacy_title: { en: "Your privacy", vi: "Quyền riêng tư của bạn" },
  privacy_1: { en: "Video stays in this camera's network: it is sent only to viewers who sign in and to the recorders you connect.", vi: "Hình ảnh ở lại trong mạng của camera: chỉ gửi đến người xem đã đăng nhập và đầu ghi do bạn kết nối." },
  privacy_2: { en: "Nothing is sent to the maker or to any cloud service.", vi: "Không gửi bất cứ điều gì cho nhà sản xuất hay dịch vụ đám mây nào." },
  privacy_3: { en: "Tell the people who may be filmed. You can cover parts of the picture in the settings.", vi: "Hãy báo cho những người có thể bị ghi hình. Bạn có thể che các phần của khung hình trong mục cài đặt." },
  privacy_accept: { en: "I have read this and I am responsible for how this camera is used", vi: "Tôi đã đọc và chịu trách nhiệm về việc sử dụng camera này" },
  setup_finish: { en: "Finish set-up", vi: "Hoàn tất thiết lập" },
  setup_working: { en: "Setting up…", vi: "Đang thiết lập…" },
  setup_done: { en: "Your camera is ready", vi: "Camera đã sẵn sàng" },
  setup_done_help: { en: "The label password no longer works. From now on, sign in as “owner” with your own password.", vi: "Mật khẩu trên nhãn không còn hiệu lực. Từ nay, hãy đăng nhập bằng tên “owner” và mật khẩu của bạn." },
  setup_watch: { en: "Watch live", vi: "Xem trực tiếp" },

  sign_in: { en: "Sign in", vi: "Đăng nhập" },
  signing_in: { en: "Signing in…", vi: "Đang đăng nhập…" },
  sign_out: { en: "Sign out", vi: "Đăng xuất" },
  user_name: { en: "User name", vi: "Tên đăng nhập" },
  password: { en: "Password", vi: "Mật khẩu" },
  locked_wait: { en: "Too many wrong attempts. You can try again in {time}.", vi: "Nhập sai quá nhiều lần. Bạn có thể thử lại sau {time}." },
  locked_over: { en: "You can try again now.", vi: "Bạn có thể thử lại ngay bây giờ." },

  nav_live: { en: "Live", vi: "Trực tiếp" },
  nav_connect: { en: "Connect", vi: "Kết nối" },
  nav_settings: { en: "Settings", vi: "Cài đặt" },

  live_title: { en: "Live view", vi: "Xem trực tiếp" },
  live_main: { en: "High quality", vi: "Chất lượng cao" },
  live_sub: { en: "Data saver", vi: "Tiết kiệm dữ liệu" },
  live_quality: { en: "Picture quality", vi: "Chất lượng hình" },
  live_connecting: { en: "Connecting…", vi: "Đang kết nối…" },
  live_playing: { en: "Live", vi: "Trực tiếp" },
  live_waiting: { en: "Connection lost. Trying again in {seconds} s…", vi: "Mất kết nối. Thử lại sau {seconds} giây…" },
  live_unsupported: { en: "This browser cannot play live H.264 video. Use a current version of Chrome, Edge, Firefox or Safari, or connect a player instead.", vi: "Trình duyệt này không phát được video H.264 trực tiếp. Hãy dùng phiên bản mới của Chrome, Edge, Firefox hoặc Safari, hoặc kết nối bằng trình phát khác." },
  live_tap: { en: "Play", vi: "Phát" },
  snapshot: { en: "Snapshot", vi: "Chụp ảnh" },
  snapshot_saved: { en: "The snapshot was saved.", vi: "Đã lưu ảnh chụp." },
  full_screen: { en: "Full screen", vi: "Toàn màn hình" },
  info_title: { en: "Stream information", vi: "Thông tin luồng" },
  info_size: { en: "Size", vi: "Kích thước" },
  info_rate: { en: "Frames per second", vi: "Khung hình/giây" },
  info_bits: { en: "Bit rate", vi: "Tốc độ bit" },
  info_delay: { en: "Player buffer", vi: "Bộ đệm phát" },
  info_viewers: { en: "Viewers", vi: "Người xem" },
  unit_bits: { en: "{value} Mbit/s", vi: "{value} Mbit/s" },
  unit_seconds: { en: "{value} s", vi: "{value} giây" },
  unit_size: { en: "{width} × {height}", vi: "{width} × {height}" },
  unknown: { en: "–", vi: "–" },

  connect_title: { en: "Connect a recorder or player", vi: "Kết nối đầu ghi hoặc trình phát" },
  connect_help: { en: "Each device gets a user name and password of its own, so you can disconnect one without touching the others.", vi: "Mỗi thiết bị có tên đăng nhập và mật khẩu riêng, nhờ đó bạn có thể ngắt một thiết bị mà không ảnh hưởng đến thiết bị khác." },
  connect_name: { en: "Device name", vi: "Tên thiết bị" },
  connect_name_hint: { en: "For example: living room recorder", vi: "Ví dụ: đầu ghi phòng khách" },
  connect_role: { en: "May do", vi: "Quyền" },
  role_viewer: { en: "Watch", vi: "Xem" },
  role_operator: { en: "Watch and operate", vi: "Xem và điều khiển" },
  role_administrator: { en: "Everything", vi: "Toàn quyền" },
  connect_create: { en: "Create access", vi: "Tạo quyền truy cập" },
  connect_once: { en: "The password is shown only now. Enter it in the device, or keep it somewhere safe.", vi: "Mật khẩu chỉ hiển thị lần này. Hãy nhập vào thiết bị hoặc cất giữ ở nơi an toàn." },
  connect_ready: { en: "Access for {name}", vi: "Quyền truy cập cho {name}" },
  connect_address: { en: "Address (high quality)", vi: "Địa chỉ (chất lượng cao)" },
  connect_address_sub: { en: "Address (data saver)", vi: "Địa chỉ (tiết kiệm dữ liệu)" },
  connect_ffplay: { en: "Command for ffplay", vi: "Lệnh cho ffplay" },
  connect_vlc: { en: "Command for VLC", vi: "Lệnh cho VLC" },
  connect_qr: { en: "QR code with the address, user name and password", vi: "Mã QR chứa địa chỉ, tên đăng nhập và mật khẩu" },
  copy: { en: "Copy", vi: "Sao chép" },
  copy_what: { en: "Copy: {what}", vi: "Sao chép: {what}" },
  copied: { en: "Copied.", vi: "Đã sao chép." },
  connect_list: { en: "Connected devices", vi: "Thiết bị đã kết nối" },
  connect_none: { en: "No device has access yet.", vi: "Chưa có thiết bị nào được cấp quyền." },
  revoke: { en: "Revoke", vi: "Thu hồi" },
  revoke_what: { en: "Revoke the access of {name}", vi: "Thu hồi quyền truy cập của {name}" },
  revoke_confirm: { en: "Revoke the access of {name}? The device stops at once.", vi: "Thu hồi quyền truy cập của {name}? Thiết bị sẽ bị ngắt ngay." },
  revoked: { en: "Access revoked.", vi: "Đã thu hồi quyền truy cập." },

  settings_title: { en: "Settings", vi: "Cài đặt" },
  settings_general: { en: "General", vi: "Chung" },
  camera_name: { en: "Camera name", vi: "Tên camera" },
  clock_overlay: { en: "Show date and time in the picture", vi: "Hiện ngày giờ trên hình" },
  masks_title: { en: "Privacy masks", vi: "Vùng che riêng tư" },
  masks_help: { en: "Draw over what must never be filmed. What lies behind a mask is removed before the video is encoded.", vi: "Vẽ lên những phần không được ghi hình. Phần phía sau vùng che bị loại bỏ trước khi mã hóa video." },
  masks_keys: { en: "With the keyboard: arrow keys move a mask, Shift and arrow keys change its size, Delete removes it.", vi: "Bằng bàn phím: phím mũi tên để di chuyển, Shift và phím mũi tên để đổi kích thước, Delete để xóa." },
  masks_add: { en: "Add a mask", vi: "Thêm vùng che" },
  masks_clear: { en: "Remove all", vi: "Xóa tất cả" },
  masks_picture: { en: "Snapshot of the camera to draw masks on", vi: "Ảnh chụp từ camera để vẽ vùng che" },
  mask_number: { en: "Mask {number}", vi: "Vùng che {number}" },
  mask_remove: { en: "Remove mask {number}", vi: "Xóa vùng che {number}" },
  guess_title: { en: "Wrong passwords", vi: "Nhập sai mật khẩu" },
  guess_failures: { en: "Wrong attempts before locking", vi: "Số lần sai trước khi khóa" },
  guess_window: { en: "Counted within (seconds)", vi: "Tính trong khoảng (giây)" },
  guess_lock: { en: "Locked for (seconds)", vi: "Thời gian khóa (giây)" },
  change_password: { en: "Change the password", vi: "Đổi mật khẩu" },
  old_password: { en: "Current password", vi: "Mật khẩu hiện tại" },
  password_changed: { en: "The password was changed.", vi: "Đã đổi mật khẩu." },
  about_title: { en: "About this camera", vi: "Về camera này" },
  version: { en: "Version", vi: "Phiên bản" },
  source: { en: "Picture source", vi: "Nguồn hình" },
  assurance: { en: "Key protection", vi: "Bảo vệ khóa" },
  uptime: { en: "Running for", vi: "Thời gian chạy" },

  error_network: { en: "The camera does not answer. Check the network, then try again.", vi: "Camera không phản hồi. Hãy kiểm tra mạng rồi thử lại." },
  error_unknown: { en: "Something went wrong ({word}). Try again.", vi: "Đã có lỗi ({word}). Hãy thử lại." },
  error_wrong_label: { en: "This is not the password on the label. Check every character.", vi: "Mật khẩu không đúng với nhãn. Hãy kiểm tra từng ký tự." },
  error_weak_password: { en: "This password is too easy to guess. Choose another one.", vi: "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác." },
  error_weak_too_short: { en: "The password is too short.", vi: "Mật khẩu quá ngắn." },
  error_weak_too_long: { en: "The password is too long.", vi: "Mật khẩu quá dài." },
  error_weak_common: { en: "This password is on the list of common or stolen passwords. Choose another one.", vi: "Mật khẩu này nằm trong danh sách mật khẩu phổ biến hoặc đã bị lộ. Hãy chọn mật khẩu khác." },
  error_already_set_up: { en: "This camera is already set up. Sign in instead.", vi: "Camera này đã được thiết lập. Hãy đăng nhập." },
  error_locked: { en: "Too many wrong attempts. Wait a while, then try again.", vi: "Nhập sai quá nhiều lần. Hãy đợi một lúc rồi thử lại." },
  error_wrong_credentials: { en: "The user name or the password is wrong.", vi: "Tên đăng nhập hoặc mật khẩu không đúng." },
  error_not_signed_in: { en: "You have been signed out. Sign in again.", vi: "Phiên làm việc đã kết thúc. Hãy đăng nhập lại." },
  error_forbidden: { en: "Your account may not do this.", vi: "Tài khoản của bạn không có quyền làm việc này." },
  error_set_up_first: { en: "Set up the camera first.", vi: "Hãy thiết lập camera trước." },
  error_no_picture: { en: "There is no picture yet. Try again in a moment.", vi: "Chưa có hình. Hãy thử lại sau giây lát." },
  error_invalid_field: { en: "The camera did not accept an entry. Check what you typed.", vi: "Camera không chấp nhận dữ liệu vừa nhập. Hãy kiểm tra lại." },
  error_not_found: { en: "This is no longer there.", vi: "Mục này không còn nữa." },
  error_required: { en: "Fill in this field.", vi: "Hãy điền mục này." },
  error_rules: { en: "The password does not meet every rule yet.", vi: "Mật khẩu chưa đạt mọi yêu cầu." },
  error_accept: { en: "Tick the box to continue.", vi: "Hãy đánh dấu vào ô để tiếp tục." },
  error_copy: { en: "The browser did not allow copying. Select the text instead.", vi: "Trình duyệt không cho phép sao chép. Hãy chọn văn bản để chép." },
};

export const languages = ["vi", "en"];
const storageKey = "refcam.language";

function initialLanguage() {
  try {
    const stored = localStorage.getItem(storageKey);
    if (languages.includes(stored)) return stored;
  } catch {
    // Storage may be switched off; the navigator's language serves then.
  }
  const wanted = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag) => languages.includes(tag)) ?? "en";
}

let current = initialLanguage();
document.documentElement.lang = current;

export const language = () => current;

export function setLanguage(tag) {
  current = tag;
  document.documentElement.lang = tag;
  try {
    localStorage.setItem(storageKey, tag);
  } catch {
    // Not stored, still switched.
  }
}

export const hasMessage = (key) => Object.hasOwn(messages, key);

/** The text of a key in the chosen language; a missing key is our error and shows itself as its key. */
export function t(key, values = {}) {
  const text = hasMessage(key) ? messages[key][current] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
