/** Where an API begins, checked and written one way. */
export interface Address {
  /** Without a slash at the end, for example `http://127.0.0.1:8080/v1`. */
  baseUrl: string;
  /** What a key belongs to: scheme, host and port. */
  origin: string;
  /** Whether it stays on the machine that asks. */
  loopback: boolean;
  /** Whether what is sent can be read on the way; never so on the machine itself. */
  exposed: boolean;
}

/** Why a text is no address: none at all · neither http nor https · a password, a query or a fragment in it. */
export type AddressProblem = 'not-an-address' | 'scheme' | 'credentials' | 'extra';

/** What people paste along with the base: the addresses of single requests. */
const REQUEST_PATHS = /\/(?:chat\/completions|completions|responses|models|embeddings)$/;

/** Reads the address of an API as people type or paste it; the scheme may be left out. */
export function readAddress(text: string): Address | { problem: AddressProblem } {
  const url = parse(text.trim());
  if (url === undefined || url.hostname === '') {
    return { problem: 'not-an-address' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { problem: 'scheme' };
  }
  if (/^[a-z]+:\/\/[^/]*@/.test(url.href)) {
    return { problem: 'credentials' };
  }
  if (url.search !== '' || url.href.includes('#')) {
    return { problem: 'extra' };
  }
  const path = url.pathname.replace(/\/+$/, '').replace(REQUEST_PATHS, '');
  const loopback = isLoopback(url.hostname);
  return {
    baseUrl: `${url.origin}${path}`,
    origin: url.origin,
    loopback,
    exposed: url.protocol === 'http:' && !loopback,
  };
}

/** The bases worth trying for an address, likeliest first: most APIs begin at `/v1`. */
export function baseUrlCandidates({ baseUrl }: Address): string[] {
  return /\/v\d+[a-z]*(?:\/|$)/.test(baseUrl) ? [baseUrl] : [baseUrl, `${baseUrl}/v1`];
}

function parse(text: string): URL | undefined {
  try {
    return new URL(withScheme(text));
  } catch {
    return undefined;
  }
}

function withScheme(text: string): string {
  if (text.includes('://')) {
    return text;
  }
  const host = text.replace(/[/?#].*$/, '').replace(/:\d*$/, '');
  return `${isLoopback(host) ? 'http' : 'https'}://${text}`;
}

function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|localhost|.+\.localhost|\[::1\])$/i.test(host);
}
