import { longText, ssid, text, word } from '../../../src/lib/capability/kinds.ts';
import { about, mustHold, none } from './cases.ts';

mustHold({
  'any text': { field: text(about), reads: { '': '', 'a,b !': 'a,b !' }, refuses: ['x'.repeat(256), 5, ['a']], absent: '' },
  'text of many lines': { field: longText(about), reads: { '': '', 'one\ntwo': 'one\ntwo' }, refuses: ['x'.repeat(4_097), 5], absent: '' },
  'text that is never empty': { field: word(about), reads: { 'equal:64': 'equal:64', '': none }, refuses: ['', 'x'.repeat(256), 5] },
  'the name of a wireless network': { field: ssid(about), reads: { 'Office 5': 'Office 5', '': none }, refuses: ['', 'x'.repeat(33), 5] },
});
