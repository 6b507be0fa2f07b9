import { ntpClient } from '../../../capability/catalog/ntp-client.ts';
import { oneLine } from '../../../core/clean.ts';
import { textOf } from '../../health/values.ts';
import { defineCheck, saysAt, startsWith } from '../kind.ts';

export const ntp = defineCheck({
  kind: 'ntp',
  form: 'ntp synchronized',
  understand: (words) =>
    startsWith(words, 'ntp') && words.length === 2 && (saysAt(words, 1, 'synchronized') || saysAt(words, 1, 'synchronised'))
      ? { args: {} }
      : undefined,
  look: async (look) => {
    const [item] = await look.items(ntpClient, ['enabled', 'status']);
    const status = textOf(item?.['status']);
    return status === undefined ? undefined : { holds: status === 'synchronized', seen: oneLine(status, 60) };
  },
});
