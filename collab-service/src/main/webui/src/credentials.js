import { randomId, stored } from './settings.js';

const GUEST = 'collab:guest';
const TOKEN = 'collab:token';

/** Who this browser is: a guest with a chosen name, or the bearer of a token. A token lives as long as the tab. */
export class Credentials {
  #guest = stored.get(GUEST);
  #token = tabStorage()?.getItem(TOKEN) ?? undefined;

  constructor() {
    this.takeFromAddress();
  }

  /** `#token=…` signs in, and is taken out of the address so that it isn't copied along with it. */
  takeFromAddress() {
    const match = /^#token=(.+)$/.exec(location.hash);
    if (!match) {
      return false;
    }
    history.replaceState(null, '', location.pathname + location.search);
    this.token = decodeURIComponent(match[1]);
    return true;
  }

  get present() {
    return this.#token !== undefined || this.#guest !== undefined;
  }

  /** What the CONNECT packet carries. */
  get auth() {
    return this.#token !== undefined ? { token: this.#token } : { name: this.#guest?.name, guestId: this.#guest?.guestId };
  }

  /** The user's id as far as it is known before the server says it. */
  get userId() {
    if (this.#token !== undefined) {
      return claims(this.#token).sub ?? `token:${fingerprint(this.#token)}`;
    }
    return this.#guest && `guest:${this.#guest.guestId}`;
  }

  get name() {
    return this.#token !== undefined ? (claims(this.#token).name ?? claims(this.#token).sub) : this.#guest?.name;
  }

  get guest() {
    return this.#token === undefined && this.#guest !== undefined;
  }

  set name(name) {
    this.#guest = { name, guestId: this.#guest?.guestId ?? randomId() };
    stored.set(GUEST, this.#guest);
  }

  set token(token) {
    this.#token = token;
    tabStorage()?.setItem(TOKEN, token);
  }

  forgetToken() {
    this.#token = undefined;
    tabStorage()?.removeItem(TOKEN);
  }
}

function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Tells tokens apart without giving one away. */
function fingerprint(token) {
  let hash = 0;
  for (const character of token) {
    hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  }
  return hash.toString(36);
}

/** The claims of a JWT, unchecked: checking is the server's. */
function claims(token) {
  try {
    const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))));
  } catch {
    return {};
  }
}
