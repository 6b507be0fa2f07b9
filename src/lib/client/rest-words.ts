import { UnreachableError } from '../core/errors.ts';
import { readBody } from './body.ts';
import { nameOf, refusal } from './refusal.ts';
import type { Call, Row, RunCall } from './types.ts';

/**
 * What an answer says: the rows, or the refusal as an error of the right class.
 * @param hidden takes what a router may have echoed of the login out of its words
 * @throws RouterError the router refused; UnreachableError what answered is no router, or not itself
 */
export function understand(status: number, bytes: Uint8Array, call: Call, hidden: (text: string) => string): readonly Row[] {
  const body = readBody(bytes);
  if (status >= 200 && status < 300 && body.kind === 'rows') return body.rows;
  if (body.kind === 'refusal') throw refusal(status >= 300 ? status : body.error, hidden(body.detail), call);
  // Without a word, or in the words of a web server that is not yet, or no longer, itself.
  if ((status >= 400 && bytes.length === 0) || status === 401 || status >= 500) throw refusal(status, '', call);
  throw new UnreachableError('What answers at this address is not the REST service of RouterOS.', {
    code: 'NOT_A_ROUTER',
    retryable: false,
    hint: 'Check the port; REST may be switched off while the web server is on.',
    details: { status, call: nameOf(call) },
  });
}

export interface RestWords {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: RunCall['args'];
}

/** One call in REST's words: a menu path maps one to one, rows are addressed by id. */
export function inRestWords(call: Call): RestWords {
  // The root of the console is written as `/`, and adds nothing to a path.
  const menu = `/rest${call.menu === '/' ? '' : call.menu.split('/').map(encodeURIComponent).join('/')}`;
  switch (call.verb) {
    case 'read': {
      const query = Object.entries(call.where ?? {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
      if (call.fields) query.push(`.proplist=${['.id', ...call.fields].map(encodeURIComponent).join(',')}`);
      return { method: 'GET', path: query.length > 0 ? `${menu}?${query.join('&')}` : menu };
    }
    case 'run':
      return { method: 'POST', path: `${menu}/${encodeURIComponent(call.command)}`, body: call.args };
    case 'add':
      if (call.by) return { method: 'POST', path: `/rest${call.by.menu}/${call.by.command}`, body: call.values };
      return { method: 'PUT', path: menu, body: { ...call.values, ...(call.placeBefore && { 'place-before': call.placeBefore }) } };
    case 'set':
      return call.id === undefined
        ? { method: 'POST', path: `${menu}/set`, body: call.values }
        : { method: 'PATCH', path: `${menu}/${encodeURIComponent(call.id)}`, body: call.values };
    case 'unset':
      return { method: 'POST', path: `${menu}/unset`, body: { '.id': call.id, 'value-name': call.field } };
    case 'remove':
      return { method: 'DELETE', path: `${menu}/${encodeURIComponent(call.id)}` };
    case 'command':
      return { method: 'POST', path: `${menu}/${encodeURIComponent(call.command)}`, body: call.values };
    case 'move':
      return { method: 'POST', path: `${menu}/move`, body: { numbers: call.id, ...(call.before && { destination: call.before }) } };
  }
}
