import { not } from '../../../src/lib/capability/kinds.ts';
import { about, mustHold, none } from './cases.ts';

mustHold({
  'ports and ranges of ports': {
    field: not.ports(about),
    reads: {
      '22': '22',
      '22,8000-8080': '22,8000-8080',
      '!22': '!22',
      '0-65535': '0-65535',
      '080': '80',
      '80-80': '80',
      '65536': none,
      '9-1': none,
      '1-2-3': none,
      '22,': none,
      '22, 23': none,
      http: none,
      '-5': none,
      '5-': none,
      '': none,
      '!': none,
      '!!22': none,
    },
    refuses: ['', '!', '70000', 22],
  },
  'a matcher turned round': {
    field: not.oneOf('tcp', 'udp')(about),
    reads: { tcp: 'tcp', '!udp': '!udp', '!': none, '!!tcp': none, '': none, icmp: none },
  },
  'text that is turned round': {
    field: not.text(about),
    reads: { LAN: 'LAN', '!LAN': '!LAN', '!': none, '': none, '! x': '! x' },
    refuses: ['', '!', 'x'.repeat(300), '!'.repeat(300)],
  },
  'a set of words, sorted': {
    field: not.setOf('established', 'related', 'new')(about),
    reads: {
      'related,established': 'established,related',
      '!new,related': '!new,related',
      'new,new': 'new',
      new: 'new',
      'new,odd': none,
      '': none,
      'new,': none,
    },
    writes: [['!related,new', '!new,related']],
  },
});
