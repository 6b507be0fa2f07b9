import { wordsOn } from '../kinds.ts';

/** What an account or a script may do; packages bring more. */
export const policies = wordsOn(
  'api',
  'ftp',
  'local',
  'password',
  'policy',
  'read',
  'reboot',
  'rest-api',
  'romon',
  'sensitive',
  'sniff',
  'ssh',
  'telnet',
  'test',
  'web',
  'winbox',
  'write',
);
