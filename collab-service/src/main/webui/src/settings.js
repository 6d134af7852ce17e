// What the server wrote into the page, what the address says, and what this browser remembers.

const meta = (name, fallback) => {
  const content = document.querySelector(`meta[name="${name}"]`)?.content;
  return content && !content.startsWith('{{') ? content : fallback;
};

export const socketIoPath = meta('socketio-path', '/socket.io');
export const signInBy = meta('sign-in', 'guest');
export const topicName = new URLSearchParams(location.search).get('topic')?.trim() || 'welcome';

/** A private window may forbid storage: the page then forgets, and works. */
export const stored = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Full or forbidden.
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Forbidden.
    }
  },
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
};

/** Also where the address is not a secure one, and crypto.randomUUID is missing. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
