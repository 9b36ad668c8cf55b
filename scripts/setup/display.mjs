/** Whether a window can be shown: only Linux can be without a display. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

export function isRoot() {
  return process.getuid?.() === 0;
}
