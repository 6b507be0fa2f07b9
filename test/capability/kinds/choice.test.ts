import { flag, oneOf, openFlag, wordsOn } from '../../../src/lib/capability/kinds.ts';
import { about, mustHold, none } from './cases.ts';

mustHold({
  'a switch in its three spellings': {
    field: flag(about),
    reads: { true: true, yes: true, '': true, false: false, no: false, auto: none, '1': none, '0': none, TRUE: none },
    writes: [
      [true, 'yes'],
      [false, 'no'],
    ],
    refuses: ['yes', 1, null],
    absent: 'no',
  },
  'a word of a set': {
    field: oneOf('accept', 'drop')(about),
    reads: { accept: 'accept', drop: 'drop', Accept: none, '': none, 'accept,drop': none },
    refuses: ['odd', ''],
  },
  'a word of a set that was a switch once': {
    field: oneOf('auto', 'no', 'yes')(about),
    reads: { auto: 'auto', true: 'yes', false: 'no', yes: 'yes', '': none, maybe: none },
    writes: [['auto', 'auto']],
    refuses: [true, 'true', 'maybe', ''],
  },
  'a word of a set without yes': { field: oneOf('no', 'local')(about), reads: { false: 'no', true: none, local: 'local' } },
  'a switch that nobody has to turn: what is left open is not a no': {
    field: openFlag(about),
    reads: { true: 'yes', yes: 'yes', false: 'no', no: 'no', auto: none, '': none },
    writes: [['no', 'no']],
    refuses: [true, '', 'true', 'auto'],
  },
  'words that are on; those with a ! are off': {
    field: wordsOn('api', 'ftp', 'read', 'write')(about),
    reads: {
      'read,!ftp,api,!write': 'api,read',
      'read, read': 'read',
      dude: 'dude',
      '!read,!write': none,
      '': none,
      'read,,api': none,
      'a b': none,
    },
    writes: [['read,api', 'api,read']],
    refuses: ['', '!read', 'read write', ['read']],
  },
});
