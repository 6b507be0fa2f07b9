/** One HTTP request as the router sees it, without sockets: what `handle` works on. */
export interface SimRequest {
  readonly method: string;
  /** Path and query as sent: `/rest/ip/address?interface=ether1`. */
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly body?: string | undefined;
  /** The address the router believes the request comes from. */
  readonly source?: string | undefined;
}

export interface SimResponse {
  readonly status: number;
  /** Left out for an answer without a body (204). */
  readonly body?: unknown;
  /** The request is taken and nothing ever comes back. */
  readonly silent?: true;
}

/** The request taken apart: `/rest/ip/address/*1?x=y` is the path `['ip', 'address', '*1']` and the parameter `x`. */
export interface ParsedRequest {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** `+` is a plus sign here: RouterOS follows RFC 3986, not the rules of HTML forms. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function splitUrl(url: string): { path: readonly string[]; query: readonly (readonly [string, string])[] } {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  return {
    path: path.split('/').filter(Boolean).map(decode),
    query: query
      .split('&')
      .filter(Boolean)
      .map((pair) => {
        const at = pair.indexOf('=');
        return at < 0 ? ([decode(pair), ''] as const) : ([decode(pair.slice(0, at)), decode(pair.slice(at + 1))] as const);
      }),
  };
}

/** The menu a path names, as the console writes it. */
export const menuOf = (path: readonly string[]): string => `/${path.join('/')}`;
