import type { Subject } from './subject.ts';

/** Menus that only an account with `policy` may change (RouterOS, /user/group). */
const NEEDS_POLICY = /^\/(?:user|password|system\/(?:script|scheduler))(?:\/|$)/;

/** The policies a guard's script runs with. Never `sensitive`: there is no secret in it. */
export const policiesFor = ({ changes }: Pick<Subject, 'changes'>): string =>
  changes.some(({ menu }) => NEEDS_POLICY.test(menu)) ? 'read,write,policy,test' : 'read,write,test';
